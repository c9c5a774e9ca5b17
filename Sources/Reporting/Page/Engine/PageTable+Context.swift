import Mustache

extension PageTable: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "number": number
    case "caption": caption
    case "columns": columns
    case "isShort": isShort
    case "groups": groups.map { GroupContext(group: $0, span: columns.count) }
    default: nil
    }
  }

  /// Rows that belong together; the heading over them spans the table.
  private struct GroupContext: MustacheParent {
    let group: Group
    let span: Int

    func child(named name: String) -> Any? {
      switch name {
      case "heading": group.title.map { Spanning(text: $0, span: span) }
      case "note": group.note.map { Spanning(text: $0, span: span) }
      case "rows": group.rows.map { RowContext(row: $0, span: span) }
      default: nil
      }
    }
  }

  private struct RowContext: MustacheParent {
    let row: Row
    let span: Int

    func child(named name: String) -> Any? {
      switch name {
      case "head": row.head
      case "cells": row.cells
      case "isTotal": row.isTotal
      case "remark": row.remark.map { Spanning(text: $0, span: span) }
      default: nil
      }
    }
  }

  /// A cell across all columns.
  private struct Spanning: MustacheParent {
    let text: String
    let span: Int

    func child(named name: String) -> Any? {
      switch name {
      case "text": text
      case "span": span
      default: nil
      }
    }
  }
}

extension PageTable.Column: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "title": title
    case "isNumber": isNumber
    default: nil
    }
  }
}

extension PageTable.Cell: MustacheParent {
  /// A stretch of a figure, with a minus before it or without.
  struct Run: MustacheParent, Equatable {
    let hasMinus: Bool
    let text: String

    func child(named name: String) -> Any? {
      switch name {
      case "hasMinus": hasMinus
      case "text": text
      default: nil
      }
    }
  }

  func child(named name: String) -> Any? {
    switch name {
    case "text": text
    case "isNumber": isNumber
    // A date, a period, a status: too short to be broken.
    case "isLabel": badge != nil || text.count <= 12
    case "runs": Self.runs(of: text)
    case "badge": badge
    default: nil
    }
  }

  /// A figure cut before its minus signs: `-4.2 to -1.0` into `-` `4.2 to ` and `-` `1.0`. A hyphen is a minus where a
  /// digit or pounds follow and neither a letter nor a digit stands before.
  static func runs(of text: String) -> [Run] {
    var runs: [Run] = []
    var hasMinus = false
    var run = ""
    var before: Character?
    var rest = text[...]
    while let letter = rest.popFirst() {
      let follows = rest.first.map { $0 == "£" || ("0"..."9").contains($0) } ?? false
      let isFree = before.map { !($0.isLetter || $0.isNumber) } ?? true
      if letter == "-", follows, isFree {
        if !run.isEmpty || hasMinus { runs.append(Run(hasMinus: hasMinus, text: run)) }
        hasMinus = true
        run = ""
      } else {
        run.append(letter)
      }
      before = letter
    }
    if !run.isEmpty || hasMinus { runs.append(Run(hasMinus: hasMinus, text: run)) }
    return runs
  }
}

extension PageTable.Cell.Badge: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "kind": kind
    case "mark": mark
    default: nil
    }
  }
}
