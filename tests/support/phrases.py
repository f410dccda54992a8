"""Words that generated responses are made of: invented forces, topics, and what offices write of them."""

AREAS = (
    ("Borsetshire", "Borsetshire Police"),
    ("Midsomer", "Midsomer Constabulary"),
    ("Wessex-on-Sea", "Wessex-on-Sea Police"),
    ("Felpersham", "Felpersham Police"),
    ("Barsetshire", "Barsetshire Constabulary"),
    ("Loamshire", "Loamshire Police"),
    ("Trumptonshire", "Trumptonshire Police"),
    ("Great Marsh", "Great Marsh Constabulary"),
    ("Tillingford", "Tillingford Police"),
    ("Puddlecombe and Stourwick", "Puddlecombe and Stourwick Police"),
    ("Mummerset", "Mummerset Constabulary"),
    ("Glebeshire", "Glebeshire Police"),
    ("Calleshire", "Calleshire Constabulary"),
    ("Rutshire", "Rutshire Police"),
    ("Brackenshire", "Brackenshire Police"),
    ("Nettlewick", "Nettlewick Constabulary"),
)
GIVEN_NAMES = ("Perpetua", "Ottoline", "Leopold", "Cressida", "Septimus", "Hyacinth", "Euphemia", "Ezekiel")
FAMILY_NAMES = ("Quill", "Mudge", "Saltmarsh", "Oddfellow", "Crumbleholme", "Bramblewick", "Fenn", "Inkpen")
RANKS = ("Assistant Chief Constable", "Chief Superintendent", "Superintendent", "Detective Chief Inspector")

TOPICS = {
    "child protection": ("strategy discussions", "police protection powers", "online abuse referrals"),
    "police custody": ("reviews of detention", "ligature points", "appropriate adults for children"),
    "domestic abuse": ("body-worn video at the scene", "protection orders", "risk assessment"),
    "roads policing": ("collision investigators", "drink and drug driving checks", "fatal collision welfare"),
    "fraud": ("visits to vulnerable victims", "the policy on what is investigated", "trained fraud staff"),
    "stalking": ("the screening tool", "stalking protection orders", "breaches of orders"),
    "vetting": ("vetting that has run out", "transferees' files", "social media checks"),
    "call handling": ("abandoned 101 calls", "999 calls answered in ten seconds", "repeat callers"),
    "crime recording": ("rape reports", "equality data on victims", "crimes reported by schools"),
    "firearms licensing": ("temporary permits", "doctors' reports", "home visits to applicants"),
    "digital forensics": ("the queue of devices", "laboratory accreditation", "triage of phones"),
    "serious youth violence": ("stop and search of children", "knife crime profiles", "school visits"),
    "hate crime": ("hate crime flags", "community meetings", "calls back to victims"),
    "rape and serious sexual offences": ("specialist detectives", "independent advisers", "victim updates"),
    "missing people": ("return home interviews", "children in care homes", "the grading of risk"),
    "neighbourhood policing": ("abstractions from the beat", "named officers", "problem solving"),
    "counter corruption": (
        "business interests",
        "monitoring of mobile devices",
        "people intelligence meetings",
    ),
    "modern slavery": ("referrals to the national scheme", "old cases closed early", "visits to car washes"),
}

STATEMENTS = (
    "The work on {subject} was completed on {past}, and {number} cases were checked.",
    "{officer} has reviewed and refreshed the guidance on {subject}; {number} staff have been trained.",
    "Work is under way on {subject}, and {number} of {total} steps have been taken.",
    "A policy on {subject} is being developed and is out to consultation until {future}.",
    "The force will review {subject} by {future}; {officer} will lead.",
    "The Chief Constable accepts what page {number} of the report says about {subject}.",
    "{officer} is considering what the inspectors say about {subject}.",
    "No action is proposed on {subject}, because a scheme with {number} volunteers has run since {past}.",
    "What paragraph {number} of the report says about {subject} is for the Home Office and not for us.",
    "HMICFRS closed the matter of {subject} on {past}.",
    "Progress on {subject} has been slower than I should like: {number} of {total} are still outstanding.",
    "The force has bought new software for {subject}. It will reach all {number} teams by {future}.",
    "A pilot on {subject} ended on {past}. Its {number} cases are being evaluated.",
    "The inspectors remarked on {subject} in {number} of {total} cases, and I share their concern.",
    "An action plan for {subject} is in place, with {officer} as its owner.",
    "{subject_start} should be looked at by a supervisor within {number} hours, the report says.",
)
ASIDES = (
    "My office will monitor progress through its existing oversight arrangements.",
    "I was pleased to see the hard work of officers and staff recognised.",
    "I am reassured by what I heard at our last accountability meeting.",
    "I hope that the remaining matters will be signed off before long.",
    "Residents have told me how much this means to them.",
    "I shall return to the subject in my annual report.",
)
FINDINGS = (
    "Inspectors looked at {total} cases and found {number} in which {subject} had been dealt with well.",
    "The report finds weaknesses in {subject} in {number} places, and good practice in partnerships.",
    "Leaders were found to be committed, but in {number} of {total} cases {subject} had been overlooked.",
    "The inspectors spoke to {number} officers and staff. Some of them knew little of {subject}.",
)
