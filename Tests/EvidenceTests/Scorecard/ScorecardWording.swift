/// The words of the council's papers, typed from them apart from the workspace, to hold the workspace against.
enum ScorecardWording {
  /// The score card of November 2019: number and name, which is all that it gives.
  static let card: [(id: String, name: String)] = [
    ("1.1", "EYFS (ALL): % Achieving a Good Level of Development"),
    ("1.2", "EYFS (SEN = S&E): % Achieving a Good Level of Development"),
    ("1.3", "KS2 (ALL): % Achieving Expected Standard (Test RWM)"),
    ("1.4", "KS2 (SEN = S&E): % Achieving Expected Standard (Test RWM)"),
    ("1.5", "KS4 (ALL): Progress 8"),
    ("1.6", "KS4 (SEN = S&E): Progress 8"),
    ("1.7", "Proportion ALL Primary Pupils Absent more than 10%"),
    ("1.8", "Proportion ALL Secondary Pupils Absent more than 10%"),
    ("1.9", "Proportion ALL Special Schools Pupils Absent more than 10%"),
    ("1.10", "Proportion of Pupils NEET - 3 month average (Academic age 16-17)"),
    ("2.1", "Breastfeeding at 6-8 weeks"),
    ("2.2", "Obesity - BMI - Reception"),
    ("2.3", "Obesity - BMI - Year 6"),
    ("2.4", "Immunisations - DTAP/IPV/HIB at 1 year old (%)"),
    ("2.5", "Immunisations - Hib/MenC booster at 2 years old (%)"),
    ("2.6", "Proportion of Mothers Smoking at Time of Delivery (SATOD) - %"),
    ("2.7", "Hospital admissions - injuries in children aged 0-14 (rate per 10,000 pop)"),
    ("2.8", "Admission episodes for alcohol-specific conditions - Under 18s"),
    ("2.9", "Teenage Conception Rate per 1000"),
    ("2.10", "Immunisation - MMR for 2 doses at 5 years old (%)"),
    ("3.1", "Rate of Children Looked After (CLA) per 10k pop"),
    ("3.2", "Rate of CPP per 10k pop"),
    ("3.3", "Rate of Open Early Help Episodes per 10k pop"),
    ("3.4", "% of LAC pupils with at least one fixed term exclusion"),
    ("3.5", "Proportion of CLA with Dental Checks"),
    ("3.6", "% of CLA Achieving a Expected Standard in Reading, Writing & Maths at KS2"),
    ("3.7", "% of CLA Achieving a Expected Standard in English and Maths at KS4"),
    ("3.8", "% Care Leavers (19-21) NEET"),
    ("3.9", "CLA Pledge Survey - Get enough support at School aged 5-9 (%)"),
    ("3.10", "CLA Pledge Survey - Get enough support at School Aged 10+ (%)"),
    ("4.1", "Percentage of children in Low Income Families"),
    ("4.2", "Percentage of 2 year old children benefitting from funded early education"),
    (
      "4.3",
      "% CYP with a diagnosable mental health condition receiving treatment from NHS funded "
        + "community services"
    ),
    ("4.4", "Proportion of pupils with social/emotional/mental health needs"),
    ("4.5", "Self-harm hospital admission (10-24 yr olds) - rate per 100,000 pop"),
    ("4.6", "Percentage of 10-17 Year Olds Offending"),
    ("4.7", "Youth Qualifier Antisocial Behaviour per 1k pop"),
    ("4.8", "CLA Pledge Survey - feel safe and cared for aged 5-9 (%)"),
    ("4.9", "CLA Pledge Survey - feel safe and cared for aged 10+ (%)"),
  ]

  /// The measures that the draft plan lists under its themes; the ids are ours.
  static let measures: [(id: String, theme: String, name: String)] = [
    ("H-1", "happy", "The number of Child in Need"),
    ("H-2", "happy", "The number of looked after children"),
    ("H-3", "happy", "The number of children subject to a child protection plan"),
    ("H-4", "happy", "Number of staff trained around Emotional Health and Wellbeing."),
    ("H-5", "happy", "Rate of Open Early Help Assessments per 10k pop"),
    ("H-6", "happy", "CLA Pledge Survey - feel safe and cared for aged 5-9 (%)"),
    ("H-7", "happy", "CLA Pledge Survey - feel safe and cared for aged 10+ (%)"),
    (
      "L-1", "healthy",
      "Increase in the number of Looked After Children who have had all their immunisations from "
        + "the starting point"
    ),
    (
      "L-2", "healthy",
      "Decrease in the number of children admitted to hospital with dental caries from the "
        + "starting point"
    ),
    ("L-3", "healthy", "Increase in the number of babies breastfed from the starting point"),
    ("L-4", "healthy", "Decrease in the number of women smoking during pregnancy from the starting point"),
    ("L-5", "healthy", "Children and young people achieve and maintain a healthy weight"),
    ("L-6", "healthy", "Reduce the alcohol related admissions for children and young people"),
    ("L-7", "healthy", "% with good level of development in Early Years"),
    (
      "L-8", "healthy",
      "% of Children and Young people diagnosed with a Mental Health condition, accessing NHS "
        + "Funded Support"
    ),
    ("L-9", "healthy", "Decrease in access times for Child and Adolescent Mental Health Services (CAMHS)"),
    ("A-1", "achieving", "% with good achievement at the end of primary school"),
    ("A-2", "achieving", "% gaining 5 good GCSEs including English and Maths"),
    ("A-3", "achieving", "Level 3 qualifications at 19"),
    ("A-4", "achieving", "Achievement gaps at 5, 11,16 and 19 years"),
    ("A-5", "achieving", "Primary and secondary school attendance"),
    ("A-6", "achieving", "% of Young People NEET/not known"),
    ("A-7", "achieving", "% of new school places in \"Good\" and \"Outstanding\" schools"),
    ("A-8", "achieving", "Destinations of CYP and SEND"),
    ("A-9", "achieving", "Number of exclusions from school"),
    ("A-10", "achieving", "Reduction in waiting times for Speech and Language Therapy"),
    ("A-11", "achieving", "Reduction in the length of time to move along the Autism Pathway."),
    (
      "D-1", "heard",
      "Children and young people express satisfaction with services (health, social care and offending)"
    ),
    ("D-2", "heard", "Sampling of Board papers show the voice of the child had been considered"),
    ("D-3", "heard", "Complaints reduce for the right reasons"),
    ("D-4", "heard", "Audits to clearly show the voice of the child"),
    ("D-5", "heard", "Track Inspection views on co production improvements"),
    (
      "D-6", "heard",
      "Annual reviews on your said we did as part of the Children Services Annual report and the "
        + "Annual reviews of the Health and Wellbeing Strategy."
    ),
  ]

  /// The twelve priorities, numbered as in the adopted plan.
  static let priorities: [(number: Int, theme: String, text: String)] = [
    (
      1, "heard",
      "Ensure children's voices are heard and families will get the right support and help at "
        + "the right time."
    ),
    (2, "heard", "Engage with a wide range of youth networks and groups that support young people"),
    (3, "heard", "Place children and young people at the core of decisions we make about them."),
    (
      4, "happy",
      "Ensure positive emotional health and wellbeing of children and young people by empowering "
        + "families to be resilient."
    ),
    (5, "happy", "Protect those at risk of harm"),
    (6, "happy", "Encourage fun, happiness and enjoyment of life"),
    (
      7, "healthy",
      "To enable positive mental health and Wellbeing through prevention where ever possible and "
        + "to provide timely support and access to services when needed."
    ),
    (8, "healthy", "To Enable children's health and development."),
    (9, "healthy", "Reduce health inequalities so children and young people can achieve good health."),
    (10, "achieving", "Children are ready for school"),
    (
      11, "achieving",
      "Raise achievement and ensure young people have the life skills so they are well prepared "
        + "for adulthood."
    ),
    (
      12, "achieving",
      "Children and young people with Special Educational Needs and/or disabilities achieve "
        + "their full potential"
    ),
  ]
}
