/// What a person must write, because no plan knows it: who, and what.
enum PaperPlaceholder: CaseIterable {
  case meeting
  case date
  case author
  case portfolio
  case wards
  case keyDecision
  case exempt
  case decisionOnMeasures
  case decisionOnScenario
  case review
  case rejected
  case capital
  case staffing
  case legal
  case equality
  case climate
  case children
  case consultation
  case contact

  /// Who writes it.
  var who: String {
    switch self {
    case .meeting, .date, .wards, .keyDecision, .exempt: "democratic services"
    case .author, .portfolio, .contact, .review, .consultation, .rejected: "the report author"
    case .decisionOnMeasures, .decisionOnScenario: "the responsible director"
    case .capital: "the finance officer"
    case .staffing: "the responsible director and human resources"
    case .legal: "the monitoring officer"
    case .equality: "the equality lead"
    case .climate: "the climate lead"
    case .children: "the director of children's services"
    }
  }

  /// What it is to say.
  var what: String {
    switch self {
    case .meeting: "the meeting that receives this report"
    case .date: "the date of the meeting"
    case .author: "the officer who presents this report"
    case .portfolio: "the cabinet member or board member responsible"
    case .wards: "the wards affected, or all"
    case .keyDecision: "whether this is a key decision, and its number in the forward plan"
    case .exempt: "whether any part is exempt or confidential, and the paragraph of the Act"
    case .decisionOnMeasures:
      "which of the proposed measures are recommended for agreement, and on what conditions"
    case .decisionOnScenario: "which of the options in section 4 is recommended as the basis of planning"
    case .review: "when the forecast is brought back, and what would bring it back sooner"
    case .rejected: "which options were rejected, by whom and why"
    case .capital: "capital schemes, borrowing and grants that bear on these services"
    case .staffing: "staff, property and procurement that the measures need"
    case .legal: "the duties and powers that this report rests on, and the advice given"
    case .equality: "the assessment of the effect on people with protected characteristics"
    case .climate: "the effect on the council's climate commitments"
    case .children: "the effect on children, young people and families, and how they were heard"
    case .consultation: "who was consulted, when, and what they said"
    case .contact: "name, telephone and e-mail address for questions"
    }
  }
}

/// Something to be written, as a template reads it.
struct PlaceholderView {
  let who: String
  let what: String

  init(_ placeholder: PaperPlaceholder) {
    who = placeholder.who
    what = placeholder.what
  }
}

/// Every placeholder under its own name, for the templates.
struct PlaceholdersView {
  let meeting = PlaceholderView(.meeting)
  let date = PlaceholderView(.date)
  let author = PlaceholderView(.author)
  let portfolio = PlaceholderView(.portfolio)
  let wards = PlaceholderView(.wards)
  let keyDecision = PlaceholderView(.keyDecision)
  let exempt = PlaceholderView(.exempt)
  let decisionOnMeasures = PlaceholderView(.decisionOnMeasures)
  let decisionOnScenario = PlaceholderView(.decisionOnScenario)
  let review = PlaceholderView(.review)
  let rejected = PlaceholderView(.rejected)
  let capital = PlaceholderView(.capital)
  let staffing = PlaceholderView(.staffing)
  let legal = PlaceholderView(.legal)
  let equality = PlaceholderView(.equality)
  let climate = PlaceholderView(.climate)
  let children = PlaceholderView(.children)
  let consultation = PlaceholderView(.consultation)
  let contact = PlaceholderView(.contact)
}
