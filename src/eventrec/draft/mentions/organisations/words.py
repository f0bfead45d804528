"""English words by which an organisation is known, and those that end its name."""

from __future__ import annotations

from typing import Final

from eventrec.draft.mentions.organisations.wordlist import words_in

HEADS: Final = words_in(
    "Ministry Ministries Bureau Bureaus Bureaux Department Departments Directorate Directorates Agency Agencies"
    " Administration Administrations Authority Authorities Embassy Embassies Consulate Consulates Delegation"
    " Delegations Commission Commissions Council Councils University Universities Institute Institutes"
    " Institution Academy Academies College Colleges School Police Service Services Guard Guards Organization"
    " Organisation Organizations Organisations Secretariat Government Governments Centre Center Centres Centers"
    " Office Offices Association Society Foundation Fund Bank Union Committee Federation Confederation Chamber"
    " Court Parliament Group Mission Missions Corps Cross Crescent Commissariat Division Unit Section Branch"
    " Inspectorate Prosecutor Procuratorate Station Stations Gendarmerie Carabinieri Army Forces Force Protection"
    " Customs Company Corporation Ltd Inc GmbH Network Alliance Coalition Initiative Partnership Programme"
    " Program Registry Tribunal Assembly Congress Senate Cabinet Chancellery Board Hospital Museum Library"
    " Laboratory Observatory Think-tank Trust League Consortium Community Chambers Commissioner Headquarters"
    " Representation Universität Université Universidad Universidade Università Instituto Ministère Ministerio"
    " Checkpoint Taskforce Faculty Marechaussee Consulate-General Municipality Directorate-General Confédération"
)
"""What an organisation is, as it stands in a name: at the end, or before “of”."""

WEAK_HEADS: Final = words_in(
    "Service Services Group Programme Program Initiative Partnership Network Union Fund Force Forces Customs"
    " Guard Guards Protection Board Mission Missions Station Section Unit Center Centre Centers Centres Trust"
    " Company Branch School Hospital Army Library Museum Commissioner Prosecutor Assembly Congress Alliance"
    " Coalition Community Headquarters Checkpoint Office Offices Division Faculty"
)
"""Heads that also stand alone, or in names of other things; alone they name nothing."""

NOT_AGENCIES: Final = words_in("Programme Program Initiative Partnership Assembly Congress Network")
"""Heads of what is an organisation only by a name that says more: “United Nations Development Programme”."""

PLURAL: Final = {
    "Ministries": "Ministry",
    "Bureaus": "Bureau",
    "Bureaux": "Bureau",
    "Departments": "Department",
    "Directorates": "Directorate",
    "Agencies": "Agency",
    "Administrations": "Administration",
    "Authorities": "Authority",
    "Embassies": "Embassy",
    "Consulates": "Consulate",
    "Delegations": "Delegation",
    "Commissions": "Commission",
    "Councils": "Council",
    "Universities": "University",
    "Institutes": "Institute",
    "Academies": "Academy",
    "Colleges": "College",
    "Organizations": "Organization",
    "Organisations": "Organisation",
    "Governments": "Government",
    "Centres": "Centre",
    "Centers": "Center",
    "Offices": "Office",
    "Missions": "Mission",
    "Stations": "Station",
}
"""Heads in the plural, which several organisations share."""

LOCAL: Final = words_in(
    "Embassy Consulate Consulate-General Delegation Mission Office Representation Consulates Embassies Delegations"
)
"""What stands in or to a place: “Mission in Mongolia”, “Delegation to Japan”."""

UNITS: Final = words_in("Division Unit Section Branch Team Mission Office Representation Headquarters Desk")
"""Parts that are named by their whole: “the Office’s Visa Section”."""

SINGLE: Final = words_in("Interpol INTERPOL Europol Frontex Eurojust Oxfam Caritas UN-Habitat") | {
    "UN Women",
    "UN Habitat",
    "Human Rights Watch",
    "Amnesty International",
    "Transparency International",
    "Expertise France",
    "DG HOME",
    "Médecins Sans Frontières",
}
"""Names of organisations that look like any word with a capital."""

TITLES: Final = words_in(
    "Mr Ms Mrs Miss Dr Prof Professor Ambassador Minister Director Directors Head Heads Chief Chiefs President"
    " Chairman Chairwoman Chairperson Chair Vice-President Secretary-General Secretary Deputy Vice Dean Rector"
    " Provost Counsellor Counselor Attaché Consul Representative Representatives Manager Officer Officers"
    " Coordinator Commissioner-General Captain Major Colonel Lieutenant General-Major Inspector Superintendent"
    " Sergeant Adviser Advisor Specialist Expert Experts Executive Managing Governor Mayor Spokesperson Spokesman"
    " Excellency Prime Envoy Rapporteur Lecturer Researcher Scholar Fellow Official Officials Chargé Senator"
    " Judge Sir Lady King Queen Prince Princess Mr. Ms. Mrs. Dr. Prof. H.E. Staff Delegates Participants Members"
    " Member Students Judges Prosecutors Assistant Counsel"
)
"""What people are; a name does not go on over it."""

VERBS: Final = words_in(
    "Hosts Hosted Holds Hold Held Trains Trained Organizes Organize Organized Organises Organise Organised"
    " Launches Launch Launched Discuss Discusses Discussed Visits Visited Signs Signed Conducts Conduct Conducted"
    " Joins Join Joined Supports Supported Strengthens Strengthen Strengthened Meets Meet Met Opens Open Opened"
    " Concludes Conclude Concluded Attends Attend Attended Welcomes Welcome Welcomed Celebrates Celebrate"
    " Explores Explore Delivers Deliver Delivered Convenes Convene Convened Enhances Enhance Builds Build"
    " Provides Provide Promotes Promote Kicks Completes Complete Completed Share Shares Shared Exchanges Urges"
    " Co-organizes Co-hosts Cohosts Jointly Brings Bring Brought Facilitates Facilitate Receives Addresses Equips"
    " Boosts Boost Partners Participates Participate Take Takes Begins Starts Improves Improve Helps Handover"
    " Donates Implements Implement Commits Renews Expands Presents Presented Tackle Tackles Combat Combats Assist"
    " Assists Cooperate Cooperates With From By At"
)
"""Verbs and small words of headlines in which every word has a capital; a name does not go on over them."""

OPENERS: Final = words_in(
    "The A An In On At From By With For During After Before Under Among Between Within As This These That Those"
    " Its Their Our His Her It He She They We You And But Or If When While Since Both All Each Some Several Many"
    " Most Other Over About Also Thus However Moreover Furthermore Additionally Overall Together Organized"
    " Organised Hosted Held Funded Supported Led Joined Facilitated Co-organized Co-hosted Jointly Following"
    " According Addressing Speaking Commenting Taking Participants Representatives Officials Experts Delegates"
    " Officers Attendees Trainees Speakers Today Yesterday Tomorrow Earlier Later Recently Here There Through"
    " Throughout Without Against Towards Besides Including Mr Ms Dr Prof Opening Closing Welcoming Where What Who"
    " Which How Why To Of New Staff Members Colleagues Partners Representing Attending Present Participating"
    " Visiting Not Only Senior Former"
)
"""Words that begin a sentence and no name."""

PLAIN_ENDS: Final = words_in("General International")
"""What may follow a head and still belongs to it."""

STARTS: Final = words_in("National State Federal Royal Central General Supreme International Ministry")
"""What a name of its own begins with, so that it is not the second half of another."""

TOPICS: Final = words_in(
    "Affairs Security Justice Interior Health Education Labour Labor Commerce Trade Finance Defence Defense"
    " Agriculture Environment Energy Transport Transportation Tourism Culture Science Technology Industry"
    " Immigration Migration Asylum Citizenship Refugees Refugee Customs Exit Entry Border Borders Home Social"
    " Welfare Women Children Youth Sports Sport Family Rural Development Planning Investment Cooperation"
    " Co-operation Communities Local Public Foreign Economic Economy Employment Protection Rights Human Law Laws"
    " Crime Drugs Population Statistics Research Training Management Control Quarantine Inspection Food Water"
    " Resources Natural Mining Fisheries Forestry Housing Urban Information Communication Communications Media"
    " Telecommunications Digital Innovation Technical Vocational Higher Civil Religious Ethnic Overseas Emergency"
    " Disaster Humanitarian Peace Reconciliation Reconstruction Integration Identity Passport Passports Visas"
    " Visa Naturalization Nationality Consular Legal Judicial Prisons Correctional Services Service Checkpoints"
    " Aliens Foreigners Police Intelligence Narcotics Trafficking Corruption Gender Equality Solidarity"
    " Decentralization Reform Administration Governance Politics Political Studies Relations Languages Arts"
    " Humanities Engineering Medicine Medical Pharmacy Business Skills Manpower Workforce Regional Europe Asia"
    " Africa Pacific America Americas Caribbean Climate Change Wildlife Marine Maritime Aviation Railways"
    " Mobility Exchange Exchanges Experts Talent Talents Diaspora Expatriates Emigration Returns Return"
    " Readmission Comparative Strategic Globalization Policy Democracy Diplomacy Displacement Reintegration"
    " Rehabilitation Poverty Standards Metrology Supervision Taxation Revenue Budget Markets Competition Consumer"
    " Safety Veterinary Works Enterprise Islamic Veterans Elderly Persons Disability Disabilities Charity"
    " Philanthropy Understanding Friendship Persons"
)
"""What organisations deal in: the second half of “Agriculture and Rural Affairs”."""

NOT_ACRONYMS: Final = words_in(
    "AI PR IT TV HIV AIDS COVID SDG SDGS SDGs GCM UK US USA UAE PRC DPRK ROK EU UN NGO NGOS CSO CSOS CEO MOU SOP"
    " SOPS TOT ICT STI TB GDP DNA PDF FAQ ID QR HR GBV TIP VOT PPE II III IV VI VII VIII IX XI AM PM GMT BST CET"
    " UTC RMB USD EUR NEWS OK VIP TEL FAX EEA GCR CV NB ENG CHN JPG PNG HTML HTTP HTTPS WWW URL UNIQUE WHO-WE WE"
    " ARE SMS GPS API APIS TMSV ODA R&D Q&A LGBT LGBTI STEM MSM BRI MDG MDGS NDC OVID MS MR DR FM ETC ASAP LAO"
    " PDR DRC"
)
"""Words in capitals that name no organisation."""
