/// On which side of recoupment an amount of the Dedicated Schools Grant stands.
///
/// The department keeps back from the high needs block what it pays straight to academies and colleges for places
/// (recoupment). A grant before recoupment goes with spending that holds those places, and a grant after it with
/// spending that does not; one of each counts the places once too often or not at all.
public enum RecoupmentBasis: String, Hashable, Sendable, CaseIterable {
  /// With the places that the department pays for.
  case beforeRecoupment = "before-recoupment"
  /// Without them: what the authority itself receives and pays.
  case afterRecoupment = "after-recoupment"
}
