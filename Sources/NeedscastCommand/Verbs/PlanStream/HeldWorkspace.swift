import Needscast

/// The workspace of the last request that gave files: requests without files go by it, and so do those that give the same
/// files again, because reading them again would come to the same.
struct HeldWorkspace {
  /// A workspace that could be read.
  struct Content {
    let workspace: Workspace
    /// The day on which the last of it became known, where anything says.
    let latestPublication: CivilDate?

    init(_ folder: WorkspaceFolder) throws(EvidenceError) {
      workspace = try Workspace(in: folder)
      latestPublication = workspace.latestPublication
    }
  }

  private var folder: WorkspaceFolder?
  private var content: Result<Content, EvidenceError>?

  /// The workspace of a request.
  ///
  /// - Parameter isNew: is called with a workspace that was not held already.
  /// - Throws: ``PlanFault`` for files that are no workspace, and where there are none.
  mutating func content(
    of request: PlanRequest, isNew: (Workspace) throws -> Void
  ) throws -> Content {
    if let files = request.files {
      let given: WorkspaceFolder
      do throws(EvidenceError) {
        given = try WorkspaceFolder(holding: files, as: request.workspace)
      } catch {
        forget()
        throw PlanFault(.workspace, error)
      }
      if given != folder {
        forget()
        let read = Result { () throws(EvidenceError) in try Content(given) }
        (folder, content) = (given, read)
        if case .success(let new) = read { try isNew(new.workspace) }
      }
    }
    guard let folder, let content else {
      throw PlanFault(
        .request,
        "\"files\" is missing, and no request before has given any; give the texts of the workspace by their path"
      )
    }
    guard folder.path.utf8.elementsEqual(request.workspace.utf8) else {
      throw PlanFault(
        .request,
        """
        "files" is missing, and the files of the request before are those of another workspace; give those of this one
        """
      )
    }
    do throws(EvidenceError) {
      return try content.get()
    } catch {
      throw PlanFault(.workspace, error)
    }
  }

  /// Lets go of the workspace.
  mutating func forget() { (folder, content) = (nil, nil) }
}
