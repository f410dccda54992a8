"""A corpus of a few documents on which every kind of question can be asked."""

DOCUMENTS = {
    "borsetshire-custody-2024.md": """# Cold cells: response to the inspection of custody in Borsetshire

**Report published by HMICFRS on 6 February 2024**

3 May 2024

Dear Home Secretary,

I write in response to the inspection of custody by Borsetshire Police. The report makes four recommendations, all of them for the Chief Constable.

**Recommendation 1: the force should repair the heating of its cells.**

The heating of all 19 cells has now been repaired.

**Recommendation 2: the force should call a nurse for every child in custody.**

A contract with nurses is being negotiated with the hospital.

**Recommendation 3: the force should train detention officers in first aid by 30 September 2024.**

The training will begin in July 2024. Superintendent Otto Teal leads the work.

**Recommendation 4: the force should keep a log of strip searches.**

The Chief Constable does not accept this recommendation, because the log is kept already.

Inspectors found that blankets were thin. I hope that the nurses will come very soon, and I have pledged that no child will be cold.

Yours sincerely,

Perpetua Quill
Police and Crime Commissioner for Borsetshire
""",
    "borsetshire-custody-update-2025.md": """# Cold cells: an update on custody in Borsetshire

**14 January 2025**

I wrote about custody by Borsetshire Police in May 2024. This is what has happened since.

**Recommendation 2 (nurses for children).** The contract with nurses was completed on 2 December 2024, and a nurse has been in custody every day since.

Perpetua Quill
Police and Crime Commissioner for Borsetshire
""",
    "midsomer-firearms-2023.md": """# Midsomer PCC's response to HMICFRS

<b>Title of Inspection</b>	Safe hands: an inspection of firearms licensing in Midsomer
<b>Date Inspection Published</b>	10 October 2023
<b>Deadline for Response</b>	4 December 2023
<b>Type of Inspection</b>	Force Specific
	Midsomer Specific	Yes
	Midsomer Quoted	No
<b>Recommendations</b>	National	No
	Local	Yes

### Commissioner's Response

I am pleased to report that the following have been completed:

- A second enquiry officer has been recruited.
- Visits to certificate holders have been brought up to date.

Work is under way on the backlog of permits, which stands at 212. The register of doctors is being drawn up.

Midsomer Constabulary was slow to answer calls from doctors, the inspectors say.

**Ottoline Mudge**

**Police and Crime Commissioner for Midsomer**
""",
    "wessex-on-sea-firearms-2023.md": """# Response of the Police, Fire and Crime Commissioner for Wessex-on-Sea

20 November 2023

I write in response to the report on firearms licensing in Wessex-on-Sea, published on 12 September 2023.

Work on the backlog of permits by Wessex-on-Sea Police is not finished: 88 are left.

Leopold Saltmarsh
Police, Fire and Crime Commissioner for Wessex-on-Sea
""",
    "felpersham-stalking-2024.md": """# Felpersham Police: response on stalking

**2 June 2024**

The response of the Deputy Mayor for Policing and Crime. Felpersham Police has read the report.

**Recommendation 2: forces should keep a register of stalking orders.**

The register of stalking orders is being drawn up.
""",
    "loamshire-stalking-2024.md": """# Loamshire Police: response on stalking

**2 June 2024**

The response of the Police and Crime Commissioner. Loamshire Police has read the report.

**Recommendation 2: forces should keep a register of stalking orders.**

The register of stalking orders is being drawn up.
""",
    "trumptonshire-roads-2024.md": """# Fast cars: response to the inspection of roads policing in Trumptonshire

4 March 2024

The installation of cameras by Trumptonshire Police is under way. The Chief Constable's full answers are attached at appendix A.

Euphemia Candlewick
Police and Crime Commissioner for Trumptonshire
""",
    "monitoring.md": """# How police forces are monitored

**Scan** is the default phase of monitoring of every force.

**Engage** is the enhanced phase of monitoring. A force enters it when it does not respond to a cause of concern.
""",
}
