/// The faults that are set, in the order in which they were.
actor FaultPlan {
    private var faults: [Fault]

    init(_ faults: [Fault]) { self.faults = faults }

    func add(_ more: [Fault]) { faults += more }

    func clear() { faults = [] }

    /// The fault that hits this request: the first that matches, has skipped enough and is not used up.
    ///
    /// Every matching fault counts the request among those it lets pass, whichever one hits it: `skip` says which
    /// requests are meant without regard to the other faults.
    func take(_ kind: Request.Kind) -> Fault.Action? {
        var hit: Fault.Action?
        for index in faults.indices where faults[index].kind ?? kind == kind {
            if faults[index].skip > 0 {
                faults[index].skip -= 1
            } else if hit == nil, faults[index].count != 0 {
                faults[index].count = faults[index].count.map { $0 - 1 }
                hit = faults[index].action
            }
        }
        return hit
    }
}
