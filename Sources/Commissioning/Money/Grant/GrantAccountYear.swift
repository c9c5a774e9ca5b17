/// What goes into one year of a ``DedicatedSchoolsGrantAccount``: pounds, uncertain or known.
public struct GrantAccountYear: Sendable {
  /// A named amount.
  public struct Amount: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Pounds a year.
    public let pounds: Draws

    /// Names an amount.
    public init(id: String, name: String, pounds: Draws) {
      self.id = id
      self.name = name
      self.pounds = pounds
    }
  }

  /// A line of spending.
  public struct Spending: Sendable {
    /// The name that scripts use: a setting, or a line that does not follow plans.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Pounds a year; income set against spending is a negative line.
    public let pounds: Draws
    /// Whether the places that the department pays for straight are in the line; a line that never holds any, such as
    /// top-up funding, has the basis of the account that it comes from.
    public let basis: RecoupmentBasis

    /// Describes a line.
    public init(id: String, name: String, pounds: Draws, basis: RecoupmentBasis) {
      self.id = id
      self.name = name
      self.pounds = pounds
      self.basis = basis
    }
  }

  /// Who allowed a transfer from the schools block.
  public enum Approval: String, Hashable, Sendable, CaseIterable {
    /// The schools forum, which may allow up to the limit.
    case schoolsForum = "schools-forum"
    /// The Secretary of State, who may disapply the limit: for more than it, or where the forum has refused.
    case secretaryOfState = "secretary-of-state"
  }

  /// A transfer from the schools block: for this year alone, never part of a later year's base.
  public struct Transfer: Sendable {
    /// Pounds that high needs receives; not negative.
    public let pounds: Draws
    /// Who allowed it.
    public let approval: Approval

    /// Describes a transfer.
    public init(pounds: Draws, approval: Approval) {
      self.pounds = pounds
      self.approval = approval
    }
  }

  /// The financial year.
  public var year: FinancialYear
  /// The high needs block, pounds; not negative.
  public var highNeedsBlock: Draws
  /// Whether ``highNeedsBlock`` is before or after recoupment.
  public var blockBasis: RecoupmentBasis
  /// What the department keeps back from a block that is before recoupment; positive. Nil where the block is not
  /// recouped in this account, and is compared with spending on its own basis.
  public var recoupment: Draws?
  /// Other deductions from the block; positive.
  public var otherDeductions: [Amount] = []
  /// This year's schools block, of which a transfer may be at most a share; needed where the forum allows a transfer.
  public var schoolsBlock: Draws?
  /// Transfers from the schools block.
  public var schoolsTransfers: [Transfer] = []
  /// A transfer from the central school services block, which has no limit of this kind; not negative.
  public var centralTransfer = Draws(0)
  /// Other income of high needs.
  public var otherIncome: [Amount] = []
  /// The import and export adjustment; income is positive.
  public var importExport = Draws(0)
  /// The in-year balance of the other blocks, which the balance of the whole grant takes in; a surplus is positive.
  public var otherBlocks = Draws(0)
  /// Spending by setting, and spending that does not follow plans.
  public var spending: [Spending]
  /// The rate a year at which the authority finances the deficit, as a share (0.05 for 5 per cent); nil where no rate
  /// is stated, and no carrying cost is worked out.
  public var carryingRate: Draws?

  /// The least that a year needs; everything else is set afterwards.
  public init(
    year: FinancialYear, highNeedsBlock: Draws, blockBasis: RecoupmentBasis, recoupment: Draws? = nil,
    spending: [Spending]
  ) {
    self.year = year
    self.highNeedsBlock = highNeedsBlock
    self.blockBasis = blockBasis
    self.recoupment = recoupment
    self.spending = spending
  }

  /// The basis on which the year's grant is counted: after recoupment once it has been taken off.
  public var basis: RecoupmentBasis { recoupment == nil ? blockBasis : .afterRecoupment }

  /// Refuses a year whose grant and spending stand on different sides of recoupment, or that takes it off twice.
  func checkBasis(service: String) throws(CommissioningError) {
    if recoupment != nil, blockBasis == .afterRecoupment {
      throw .invalid(
        service: service,
        reason:
          "the high needs block of \(year) is after recoupment, and recoupment is stated as well: it would be "
          + "taken off twice; leave recoupment out, or give the block before recoupment")
    }
    guard let line = spending.first(where: { $0.basis != basis }) else { return }
    let remedy =
      switch basis {
      case .beforeRecoupment:
        "the places that the department pays for straight are in the grant and not in the spending, so that the "
          + "balance would be too good by their cost; state the recoupment, or give the spending before it"
      case .afterRecoupment:
        "the places that the department pays for straight are in the spending and not in the grant, so that the "
          + "balance would be too bad by their cost; leave those places out of the spending, or give both before it"
      }
    throw .invalid(
      service: service,
      reason:
        "in \(year) the grant is counted \(basis.text) and \"\(line.name)\" \(line.basis.text): \(remedy)")
  }
}

extension RecoupmentBasis {
  /// The basis in a sentence.
  var text: String { self == .beforeRecoupment ? "before recoupment" : "after recoupment" }
}
