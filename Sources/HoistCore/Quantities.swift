extension Duration {
    /// `2 s`, `0.5 s`
    package var inSeconds: String { "\((self / .seconds(1)).formatted) s" }
}

extension Double {
    /// Without a fraction that says nothing: `10`, `0.5`.
    package var formatted: String { Int64(exactly: self).map(String.init) ?? description }
}
