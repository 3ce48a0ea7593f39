"""When a page sends its reader to care: sections, mentions, what is neither, and what is hollow."""

from __future__ import annotations

import pytest

from cramplint.meaning import RedFlags
from cramplint.model import Article, Source
from cramplint.parse import parse
from cramplint.understand.safety import is_red_flag, red_flags
from cramplint.understand.sentences import sentences
from cramplint.understand.zones import pairs

INTRO = "# Sore calves\n\nMost sore calves settle in a few days with rest and a warm bath.\n\n"


def read(text: str, name: str = "page.md") -> tuple[Article, RedFlags]:
    article = parse(Source(name, text, "text" if name.endswith(".txt") else "markdown"))
    return article, red_flags(article, tuple(sentences(article)), tuple(pairs(article)))


SECTIONS = {
    "list goes on": "Phone a paediatrician at once if your child has a cough and\n\n- is hard to wake\n- has a rash\n",
    "office visit": "Book an office visit if your legs:\n\n- are weak\n- swell in the evening\n",
    "lead in two lines": "Non-urgent advice: See a GP if:\n\nYou have sore calves and:\n\n- they swell\n- you have a fever\n",
    "lead by reference": "Some signs mean that you should see a nurse, even if the pain has gone. They include:\n\n- a swollen calf\n- a rash\n",
    "this includes": "Dial 999 when a life is in danger from an injury. This includes, among others:\n\n- heavy bleeding\n- choking\n",
    "action below the signs": "If your child has any of the following:\n\n- a stiff neck\n- blue lips\n\nThis is an emergency.\n\nPhone 999 or go to A&E at once.\n",
    "sentences under a lead": "In these cases you should call an ambulance:\n\nIf the pain in your chest does not go away within a few minutes of rest.\n\nIf you faint.\n",
    "heading that asks": "## When to see a doctor?\n\nSee a doctor if the ache gets worse.\n\nSee one, too, if your foot is numb.\n",
    "need help now": "## Need help now?\n\nIf you feel suicidal, call 988 or go to an emergency room.\n",
    "nhs card": "## See a GP if:\n\n- the ache is no better after a week\n- you are over 65\n",
    "999 card": "## Call 999 or go to A&E if you have:\n\n- a crushing feeling in the chest\n- trouble breathing\n",
    "999 card without if": "## Go to A&E or call 999:\n\n- you heard the bone snap\n- the foot has turned blue\n",
    "111 card": "## Ask for an urgent GP appointment or get help from NHS 111 if:\n\n- one calf is hot and puffy\n",
    "labelled card": "### Urgent advice: Call 111 if\n\n- your calf is hot\n- the skin is darker than it was\n",
    "non-urgent card": "### Non-urgent advice: See a GP if:\n\n* it wakes you most nights\n",
    "action required": "## Immediate action required: Call 999 now if\n\n- you cannot catch your breath\n",
    "au triple zero": "## Call triple zero (000) if you have\n\n- sudden chest pain\n- blue lips\n",
    "nz 111": "## Phone 111 for an ambulance if:\n\n- you collapse\n",
    "ie card": "### Contact your GP urgently if\n\n- the swelling is in one leg only\n",
    "us mayo": "## When to see a doctor\n\nSee your doctor if the cramps:\n\n- cause severe discomfort\n- come with leg swelling\n",
    "us medlineplus": "## When to Contact a Medical Professional\n\nCall your provider if your spasms:\n\n- are severe\n- last a long time\n",
    "us cleveland": "## When should I call my healthcare provider?\n\nCall your healthcare provider if you have:\n\n- cramps every night\n- weak legs\n",
    "us harvard": "## When to call a professional\n\nCall your doctor if a cramp lasts for hours or the muscle becomes weak.\n",
    "us er": "## Go to the emergency room\n\n- if you faint\n- if you have chest pain\n",
    "us 911 now": "**Call 911 now if**\n\n- your chest hurts\n- you pass out\n",
    "seek immediate": "## Seek immediate care\n\nSeek immediate care if you have a cold, pale foot or sudden weakness.\n",
    "provider right away": "## Contact your provider right away\n\n- Fever over 38 °C\n- A wound that will not heal\n",
    "get emergency help": "## Get emergency help\n\nGet emergency help if your leg is numb and you cannot move it.\n",
    "red flags": "## Red flags\n\n- Swelling in one leg\n- Breathlessness\n",
    "red flags lead-in": "Red flags include:\n\n- a swollen calf\n- dark urine\n",
    "red flag symptoms": "## Red-flag symptoms to watch for\n\nSudden weakness, numbness between the legs, or fever with back pain.\n",
    "danger signs": "## Danger signs\n\n1. Heavy bleeding\n2. Fits\n",
    "warning signs of": "## Warning signs of a blood clot\n\n- One warm, swollen calf\n- Red skin\n",
    "emergency warning signs": "### Emergency warning signs\n\n- Blue lips\n- Confusion\n",
    "when to worry": "## When to worry\n\nIf a cramp lasts more than ten minutes or the leg swells, it may be a clot.\n",
    "be concerned": "## When should you be concerned about calf pain?\n\nPain with warmth and redness can mean a clot. Have it checked the same day.\n",
    "what to monitor": "## What symptoms are important to monitor?\n\n- New swelling\n- Fever\n- Numb toes\n",
    "do not ignore": "## Symptoms you should never ignore\n\n- Sudden weakness\n- Chest pain\n\nCall 911 for either.\n",
    "serious conditions": "## Possible serious conditions\n\nA clot causes swelling and warmth. If you have these, call your doctor today.\n",
    "when a cramp needs": "## When a cramp needs medical attention\n\n- It lasts for hours\n- The muscle wastes away\n",
    "signs that need": "## Signs your leg pain needs a doctor's attention\n\n- It wakes you\n- It spreads\n",
    "reasons": "## Reasons to call your midwife\n\n- bleeding\n- a fever\n",
    "numbered bold line": "**2. When to get medical help:**\n\n- the pain is severe\n- you have a fever\n",
    "bold run-in": "**When to see a doctor:** If the pain lasts longer than two weeks or the calf swells.\n",
    "plain run-in": "When to seek help: pain with fever, a swollen calf, or numb toes.\n",
    "bold run-in with stop": "**When to seek help.** Pain that comes with fever needs a doctor the same day.\n",
    "conditional lead-in": "If you have any of these symptoms, call 911:\n\n- chest pain\n- slurred speech\n",
    "you should lead-in": "Most of these pass. You should see a doctor if:\n\n- it lasts for weeks\n- you lose weight\n",
    "medical attention is needed": "Medical attention is needed if:\n\n- the wound is deep\n",
    "table by action": "| What to do | When |\n|---|---|\n| Call 911 | chest pain, fainting |\n| See your doctor this week | weak muscles |\n",
    "table by sign": "| Sign | Action |\n|---|---|\n| Sudden chest pain | Call an ambulance |\n",
    "table under a heading": "## When to get help\n\n| Sign | How soon |\n|---|---|\n| Swollen calf | today |\n",
    "call-out quote": "> **Call 911** if you have chest pain or cannot breathe.\n",
    "call-out quote with heading": "> ## See a GP if:\n>\n> - the rash spreads\n",
    "nested tiers": "## When to get medical help\n\n### Call 911 now if:\n\n- you faint\n\n### See your doctor if:\n\n- it keeps coming back\n",
    "heading that names the sign": "## Call 911 if you have chest pain with sweating\n\nDo not drive yourself.\n",
    "faq answer with a list": "## FAQ\n\n### When should I see a doctor?\n\nSee one if you have:\n\n- numb toes\n- a fever\n\n### Is it common?\n\nYes.\n",
    "emoji heading": "## 🚨 When to seek urgent care\n\n- Sudden swelling\n- Chest pain\n",
    "sentence-final colon after prose": "It is rarely serious. However, you should visit a healthcare provider if muscle cramps:\n\n– do not improve\n\n- are linked to weakness\n",
    "er question": "## Should I go to the ER for palpitations?\n\nGo to the nearest ER if you faint or have chest pain. Otherwise see your doctor.\n",
    "demanding care": "## Symptoms demanding immediate emergency care\n\nPain that spreads to the jaw, or severe shortness of breath.\n",
    "crisis": "## Get help now\n\nCall 988 if you have thoughts of suicide.\n",
    "prompt a visit": "## What should prompt a doctor visit?\n\nSchedule an appointment for:\n\n- palpitations that come more often\n- fainting\n",
    "lead-in without a colon": "## If you become unwell\n\nIf you develop any of the following, please call or visit your surgeon or GP immediately.\n\n- more swelling around the wound\n- chills\n",
    "ambulance in capitals": "Call an AMBULANCE or go to your local EMERGENCY department if you have:\n\n- fainting spells\n- bright red stools\n",
    "consider calling": "Consider calling or visiting your LOCAL DOCTOR if you have:\n\n- a rash\n- ankle swelling that grows\n",
    "return to ed": "Return to ED urgently if you develop:\n\n- new weakness\n- fever\n",
    "help is needed": "## When Immediate Medical Help Is Needed\n\nThe calf is hot and swollen, or the pain does not stop.\n",
    "warranting": "## Symptoms Warranting Immediate Evaluation\n\nSharp leg pain that does not improve, or a tight chest.\n",
    "recognising": "## Recognising cramps that require medical attention\n\nWeakness, swelling or redness may point to a clot.\n",
    "routine appointment": "## When to Make a Routine Doctor Appointment\n\n- You sleep badly because of cramps\n",
    "surgeon": "## When do I call my surgeon?\n\nFever, chills, or a wound that opens.\n",
    "red flags in": "## Red flags in back pain\n\n- loss of bladder control\n- numbness between the legs\n",
    "item with its own list": "- **Nerve damage.** Red flags include:\n  - weak legs\n  - loss of feeling\n",
    "alarming symptoms": "Alarming symptoms:\n\n- blood in the stool\n- weight loss\n",
    "who should see": "## Who should see a doctor?\n\nAnyone whose headache came on suddenly, or who has a fever.\n",
    "medical emergencies": "## Medical emergencies\n\nCall an ambulance if someone cannot breathe or turns blue.\n",
    "take your child": "## Take your child to A&E if they:\n\n- are hard to wake\n- have a fit\n",
    "tell your midwife": "Tell your midwife straight away if you have:\n\n- a bad headache\n- blurred vision\n",
    "tip among tips": "## 7. See a doctor\n\nIf the pain lasts more than a week, see your doctor for a check.\n",
    "emergency question": "## When is a headache an emergency?\n\nA sudden, very bad headache, or one with a stiff neck.\n",
    "good reasons": "### Good reasons to ring your GP surgery\n\n* the cough brings up blood\n",
    "admonition": '!!! danger "When to call 911"\n\n    - You faint\n    - You have chest pain\n',
    "container": "::: warning Call 999 if\n- you faint\n- your lips turn blue\n:::\n",
    "github alert": "> [!CAUTION]\n> Call 911 if you have chest pain or faint.\n",
    "html": "<div class='note'>\n<h3>When to see a doctor</h3>\n<p>Numb toes, a fever or a swollen calf.</p>\n</div>\n",
    "setext heading": "When to get help\n----------------\n\n- a fever\n- chills\n",
    "definition style": "**Call 911 for**\n\n- chest pain\n- fainting\n",
    "two columns": "| Get help now | Book a visit |\n|---|---|\n| Call 911: chest pain | See your doctor: sore veins |\n",
    "crisis text": "## If you are in crisis\n\nCall or text 988 at once if you think about suicide or self-harm.\n",
    "numbered bold lines": "**1. Rest**\n\nRest helps.\n\n**2. When to call your doctor:**\n\n- It lasts for weeks\n- You have a fever\n",
    "scraped text": "Sore calves\nMost settle by themselves in a few days of rest.\nWhen to see a doctor\nSee a doctor if the pain is severe or the calf is swollen and warm.\nHow to prevent them\nStretch before bed.\n",
}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_names_signs_under_a_lead(name):
    text = SECTIONS[name]
    _, found = read(
        text if name == "scraped text" else INTRO + text,
        "page.txt" if name == "scraped text" else "page.md",
    )
    assert found.level == "section"
    assert found.hollow == ()


MENTIONS = {
    "passive": "Severe or frequent cramps should be checked by a health professional.",
    "passive without who": "A cramp that lasts for hours needs to be evaluated promptly.",
    "condition first": "If the pain spreads to your arm, call 911.",
    "condition last": "See your doctor if the pain lasts more than two weeks, wakes you at night or comes with fever.",
    "gp": "Speak to your GP if you feel unwell after a new medicine.",
    "111": "If the sting is in your mouth and it swells, call 111 for advice.",
    "talk to": "Talk with your healthcare provider about cramps that keep coming back or make you weak.",
    "make an appointment": "Make an appointment if the numbness does not go away.",
    "unless": "You don't need to see a doctor unless the swelling gets worse.",
    "do not hesitate": "Don't hesitate to call your doctor if the redness spreads.",
    "never wait": "Never wait to call an ambulance for sudden chest pain.",
    "emergency": "Sudden weakness on one side is a medical emergency.",
    "warrants": "New swelling in one leg warrants a same-day visit.",
    "a visit is necessary": "A visit to your GP is only necessary if cramps often disturb your sleep.",
    "have it checked": "Have it checked if the lump grows or the pain persists.",
    "worth seeing": "It is worth seeing your GP if you have lost weight.",
    "seek": "Seek medical advice if the rash comes with a fever.",
    "semicolon": "Rest and drink; if you faint, get emergency help.",
    "item": "- medicines (see your GP if you get a rash)",
    "bold inside": "If you have **chest pain**, call **911** at once.",
    "important label": "IMPORTANT: Call 911 if palpitations come with fainting.",
    "au": "Call triple zero if someone collapses.",
    "one question in bold": "**When should I seek help for a swollen leg?**\n\nThe same day, if it is hot or painful as well.",
    "get checked out": "Get checked out if the numbness spreads.",
    "consult with": "Consult with a healthcare provider if symptoms persist.",
    "seek the advice of": "Seek the advice of a physician if the pain persists.",
    "time to see": "If you notice weakness or numbness, it’s time to see a doctor.",
    "good reason": "Frequent, severe cramps are a good reason to seek medical advice.",
    "immediate attention is needed": "Immediate medical attention is needed if you see double or cannot walk.",
    "may require": "Cramps that last for hours may require medical evaluation.",
    "child": "Your child should be seen by a doctor if the rash spreads.",
    "curly quote": "If the pain doesn’t ease within a week, see your GP.",
}


@pytest.mark.parametrize("name", MENTIONS)
def test_a_sentence_that_sends_the_reader_for_a_sign_is_a_mention(name):
    _, found = read(INTRO + MENTIONS[name] + "\n")
    assert found.level == "mention", found
    assert found.hollow == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("# When to call 911\n\nCall 911 if you:\n\n- pass out\n- cannot breathe\n", "section"),
        ("# When to call 911\n\n- You pass out\n- You cannot breathe\n", "section"),
        (
            "# When to see a doctor for leg pain\n\nLeg pain is common.\n\n## Causes\n\n- age\n",
            "none",
        ),
        ("# Call 911 if you have chest pain\n\nIt was a long day.\n", "none"),
    ],
)
def test_a_title_is_a_lead_only_for_what_stands_right_below_it(text, level):
    _, found = read(text)
    assert (found.level, found.hollow) == (level, ())


def test_one_answer_of_a_faq_is_a_mention():
    text = "## Questions\n\n### When should I see a doctor?\n\nIf cramps are severe or come with numbness.\n\n### Is it common?\n\nYes, very.\n"
    article, found = read(INTRO + text)
    assert found.level == "mention"
    assert found.adequate
    (span,) = found.mentions
    assert article.words(span).startswith("When should I see a doctor? If cramps are severe")


NEITHER = {
    "without a gp": "You can treat this at home without seeing your GP.",
    "no need": "There is usually no need to see a doctor for a sore calf.",
    "don't need": "You don't need to see your GP about a mild rash.",
    "directed": "Stay at home unless directed to seek medical care, even with a fever.",
    "gp may prescribe": "Your GP may prescribe a stronger cream for the pain.",
    "gp may refer": "Your doctor may ask you to see a specialist if the pain persists.",
    "doctor will": "Your doctor will examine the swelling and ask about your sleep.",
    "supplement caution": "Always consult your doctor before starting a supplement.",
    "supplement caution with sign": "Talk to your doctor before taking magnesium for muscle pain.",
    "wants to try": "If you want to try magnesium for headaches, ask your doctor first.",
    "considering": "Anyone considering magnesium for leg pain should speak with their doctor about kidney disease.",
    "kidney": "Talk to your doctor first if you have kidney disease or take blood thinners.",
    "disclaimer": "This article does not replace medical advice. Consult your doctor with any questions about your health.",
    "webmd emergency": "If you think you may have a medical emergency, call your doctor or 911 immediately.",
    "first person": "I went to see my doctor because of the pain in my calf.",
    "story": "I was taken to hospital as an emergency and seen by a doctor because of the pain.",
    "testimonial": "“See your doctor? No. My cramps and pain went away with stretching.” — Ana, 51",
    "they say": "Most people never see a doctor about their cramps or pain.",
    "when you see": "When you see your doctor, mention any pain or swelling.",
    "selling": "Call our clinic for help with pain and swelling.",
    "selling warning signs": "## Warning signs that you need our clinic\n\n- You ache\n- You are tired\n\nBook today.\n",
    "signs of deficiency": "## Early warning signs of low magnesium\n\n- Twitching\n- Weakness\n- Cramps\n",
    "signs your body lacks": "## 7 signs your body lacks magnesium\n\n- Poor sleep\n- Headaches\n",
    "red flags on labels": "## Red flags on a supplement label\n\n- Miracle words\n- No dose\n",
    "red flags of a scam product": "Red flags when you buy a product online:\n\n- no address\n- no batch number\n",
    "treatment from gp": "## Treatment from your GP\n\nYour GP can give you a cream for the pain.\n",
    "pharmacist": "## Your pharmacist can help with a sore throat\n\nAsk for lozenges to ease the pain.\n",
    "pharmacist treatments": "If lotions don't work, speak to your pharmacist about other treatments.",
    "questions to ask": "## Questions to ask your doctor\n\n- Could a medicine cause my pain?\n- Do I need a test?\n",
    "how to talk": "## How to talk to your doctor\n\n- Write down when the pain comes\n",
    "when to take": "## When should I take magnesium?\n\nMany people with poor sleep take it before bed.\n",
    "when to call us": "## When to call us\n\nOur team is there for orders and returns, pain free.\n",
    "how is it diagnosed": "## How doctors find the cause\n\nA doctor checks for swelling, weakness and numbness.\n",
    "hospital treatment": "## Hospital treatment\n\nDoctors may pack the nose to stop the bleeding.\n",
    "symptoms": "## Symptoms\n\n- pain\n- swelling\n- fever\n",
    "is it dangerous": "Are night cramps dangerous?\nThey are usually not dangerous.\nHow common are they?\nVery common.\n",
    "ask about": "## Talk to your doctor about magnesium\n\nLow magnesium may cause weakness.\n",
    "side effects to watch for": "## Side effects to watch for\n\n- Nausea\n- Diarrhoea\n",
    "contents list": "- [When to see a doctor](#when)\n- [Causes](#causes)\n",
    "related": "## Related articles\n\n- [When to see a doctor about leg pain](/leg-pain)\n",
    "price 999": "The mat costs 999 dollars and eases back pain.",
    "study": "In a trial of 111 people with leg pain, stretching helped.",
    "history": "He was told to see a doctor, but the pain went away.",
    "rather than": "Many try bananas rather than see a doctor for the pain.",
    "question": "Should you see a doctor for leg pain?",
    "doctors say": "Doctors see many people with weak and painful legs.",
    "carers": "Nurses and doctors talk with families about pain.",
    "call a friend": "If the pain keeps you awake, call a friend.",
    "harmless": "Most cramps are harmless and do not need a doctor's visit.",
    "doctor list": "The symptoms are tiring, and doctors can order tests.",
    "tests": "Blood tests ordered by your doctor check for weakness of the thyroid.",
    "naturopath sells": "Book a session with us for fatigue and low mood.",
    "naturopath causes": "## Top conditions to rule out\n\n- Anaemia: tiredness and pale skin\n- Thyroid trouble: weight loss\n",
    "follow doctor": "Follow your doctor's orders on pain medicine and wound care.",
    "appointment list": "## Preparing for your appointment\n\n- Write down your symptoms\n- List pain and fever\n",
    "get help with": "## How we can help\n\nOur coaches ease stress, pain and poor sleep.\n",
    "emergency kit": "## Emergency kit\n\n- plasters for wounds\n- cream for rashes\n",
    "doctor's tip": "Doctors' tips for sore muscles: rest, ice and sleep.",
    "ask about levels": "Ask your doctor about your magnesium level.",
    "watch tv": "Watch out for salt in ready meals; it can cause swelling.",
    "call them cramps": "Some call it a charley horse; the pain is the same.",
    "see pain": "You may see swelling and bruises after a sprain.",
    "get pain": "People who visit hospital often get painful veins.",
    "nurse story": "I am a nurse, and I see people with leg pain every day.",
    "doctor says": "“My doctor said I should see a specialist for the pain,” she says.",
    "go to bed": "Go to bed early if you are tired.",
    "title only": "",
    "empty": "",
}


@pytest.mark.parametrize("name", NEITHER)
def test_what_is_no_advice_to_seek_care(name):
    text = (
        "# When to see a doctor\n\nRest helps.\n"
        if name == "title only"
        else INTRO + NEITHER[name] + "\n"
    )
    _, found = read("" if name == "empty" else text)
    assert (found.level, found.hollow) == ("none", ()), found


FURTHER = [
    (
        "section",
        "## When To Seek Medical Advice\n\nOccasional cramps are no cause for concern. You should also visit your GP if the muscles are shrinking.\n",
    ),
    (
        "section",
        "## Seek medical attention immediately if you:\n\n* cough up blood\n* feel your heart race\n",
    ),
    (
        "section",
        "## How do I know if it's serious?\n\nSigns that something is wrong include swelling, warmth and redness. Call your doctor the same day.\n",
    ),
    (
        "section",
        "## When should you see a vein specialist?\n\nSee one if your ankles swell by evening or the skin near your ankle changes colour.\n",
    ),
    (
        "section",
        "### Call your provider if:\n\n1. Your symptoms last more than 2 weeks\n2. You develop a fever\n",
    ),
    (
        "section",
        "## Get medical advice\n\nSee your GP if the pain is severe, you feel faint, or the lump grows.\n",
    ),
    (
        "section",
        "## Outlook\n\nMost people recover.\n\n## Complications to watch for\n\nCall your surgeon at once for fever, chills, or pus.\n",
    ),
    (
        "section",
        "## When to see your GP\nIt's worth seeing your GP if:\n- the cramps are affecting your sleep\n- you have numbness\n",
    ),
    (
        "section",
        "**Seek emergency care (call 911) if:**\n- You can't breathe\n- You have chest pain\n",
    ),
    (
        "section",
        "**When to seek care**\n\nTalk to your doctor if you have cramps that are severe, happen often, or come with swelling.\n",
    ),
    (
        "section",
        "#### When it's an emergency\n\nCall 999 or go to A&E for chest pain that spreads to your arm.\n",
    ),
    (
        "section",
        "## Danger signs in pregnancy\n\n- bleeding\n- a bad headache\n- no movement of the baby\n",
    ),
    (
        "section",
        "*See a doctor straight away if:*\n\n- your leg is cold or pale\n- you can't move it\n",
    ),
    (
        "section",
        "| Symptom | What to do |\n|:--|:--|\n| One swollen leg | See a doctor today |\n| Chest pain | Call 000 |\n",
    ),
    (
        "section",
        "> **When to call a doctor**\n>\n> If the cramp lasts for more than ten minutes, or comes with weakness.\n",
    ),
    (
        "section",
        "<details><summary>When to see a doctor</summary>\n\n- numb toes\n- fever\n\n</details>\n",
    ),
    (
        "section",
        "## Is it time to call the doctor?\n\nCall if the pain lasts over a week, wakes you up, or makes you limp.\n",
    ),
    ("section", "### Emergency\n\nIf you have chest pain or difficulty breathing call 911.\n"),
    (
        "section",
        "## Safety advice\n\n### Get immediate help if you\n\n- have a seizure\n- cannot speak\n",
    ),
    (
        "section",
        "## What are the warning signs?\n\n- sudden numbness\n- slurred speech\n\nCall an ambulance.\n",
    ),
    (
        "section",
        "## When should I go to hospital?\n\nGo to the nearest hospital if you have heavy bleeding or you faint.\n",
    ),
    (
        "section",
        "Contact your healthcare provider right away if you experience any of the following:\n\n* swelling of the face\n* hives\n",
    ),
    (
        "section",
        "## When to get checked\n\nA cramp that lasts for hours, weakness, or a swollen calf should be looked at by a doctor this week.\n",
    ),
    (
        "section",
        "**Important:** seek medical help if you notice:\n\n- dark urine\n- muscle weakness\n",
    ),
    (
        "section",
        "## See a doctor promptly for:\n\n- Unexplained weight loss\n- Blood in your stool\n",
    ),
    ("section", "## Red Flags: Don't Wait\n\n- Sudden weakness\n- Loss of bladder control\n"),
    ("section", "## Red flag symptoms\n\n| | |\n|---|---|\n| Fever | Weight loss |\n"),
    (
        "section",
        "## When to contact your health care team\n\nContact them if you have numb hands, a rash, or a fever above 38.\n",
    ),
    (
        "section",
        "Go straight to A&E if someone:\n\n- is unconscious\n- has bitten their tongue in a fit\n",
    ),
    (
        "section",
        "## Who to call and when\n\nCall 111 if the pain gets worse. Call 999 if you collapse.\n",
    ),
    ("mention", "If you have any concerns about a swollen leg, contact your GP.\n"),
    ("mention", "Anyone with sudden chest pain should call an ambulance.\n"),
    ("mention", "Persistent tingling deserves a visit to the doctor.\n"),
    ("mention", "Do see your doctor if the rash spreads, and don't scratch it.\n"),
    ("mention", "It's a good idea to get medical advice if your cough lasts three weeks.\n"),
    (
        "mention",
        "However, if the pain is severe or you have a fever, please seek medical attention.\n",
    ),
    ("mention", "A swollen, hot calf after a long flight needs urgent medical attention.\n"),
    ("mention", "You should be seen by a doctor the same day if one calf is swollen.\n"),
    ("mention", "If you're losing weight without trying, book an appointment with your GP.\n"),
    ("mention", "Contact your physician if symptoms worsen.\n"),
    ("mention", "Stop taking it and call your doctor if you get hives or trouble breathing.\n"),
    ("mention", "Chest pain? Call 911.\n"),
    ("mention", "Pain that wakes you every night is worth mentioning to your doctor.\n"),
    ("mention", "Should the swelling increase, see your nurse.\n"),
    (
        "mention",
        "Seek help from a mental health professional if low mood lasts more than two weeks.\n",
    ),
    ("mention", "Call Samaritans on 116 123 if you feel you cannot go on and think of suicide.\n"),
    ("none", "Doctors can see weak muscles on a scan.\n"),
    ("none", "Ask your doctor whether your blood pressure tablets cause swelling.\n"),
    ("none", "Your provider can prescribe medicine for pain.\n"),
    ("none", "If your doctor has told you to limit salt because of swelling, cook at home.\n"),
    ("none", "Consult a healthcare professional to find the right dose for your pain.\n"),
    ("none", "## Diagnosis\n\nA doctor will ask about your pain, swelling and numbness.\n"),
    ("none", "## What your doctor may do\n\n- check for swelling\n- test for weakness\n"),
    ("none", "Talk to a dietitian about foods rich in magnesium for tired muscles.\n"),
    ("none", "See our guide to back pain for more help.\n"),
    ("none", "Call your insurer before you visit a specialist for back pain.\n"),
    ("none", "## 5 Warning Signs You're Low in Magnesium\n\n- Muscle twitches\n- Poor sleep\n"),
    ("none", "## Signs of dehydration\n\n- dark urine\n- dizziness\n"),
    ("none", "The patient saw a doctor for weight loss and was treated.\n"),
    ("none", "After seeing a doctor for the pain, she began to stretch.\n"),
    ("none", "My GP told me to call if the pain came back.\n"),
    ("none", "Visit your local pharmacy for support socks that ease swelling.\n"),
    ("none", "Massage therapists help with back pain; see one if you like.\n"),
    ("none", "## When to take magnesium\n\nTake it at night if you have cramps or poor sleep.\n"),
    ("none", "## When to expect results\n\nPain eases after four weeks.\n"),
    ("none", "Can a doctor test for low magnesium if I have cramps?\n"),
    ("none", "It is best to see a sunset; the pain of the day fades.\n"),
    ("none", "Make an appointment with yourself to stretch; tension and pain ease.\n"),
    ("none", "Get help with chores if your back hurts.\n"),
    ("hollow", "## When to seek medical advice\n\n## Treating cramps\n\nStretch.\n"),
    (
        "hollow",
        "Seek urgent medical help if you have:\n\nMost cramps are caused by tired muscles, and drinking water helps.\n",
    ),
    ("hollow", "Warning signs to watch for:\n\n## Next\n\nText.\n"),
    ("hollow", "**When to see a doctor**\n\nStretch each day.\n\n**Prevention**\n\nDrink water.\n"),
    (
        "hollow",
        "You should see a doctor if:\n\nIn most cases, night cramps have no clear cause at all.\n",
    ),
    (
        "section",
        "## When to contact a doctor\n\nA person should speak with a doctor if they have cramps that do not improve with stretching.\n",
    ),
    ("section", "## Phone 999 or go to A&E if:\n\n- the pain came on after a fall\n"),
    ("section", "### Speak to your GP practice if:\n\n- you're losing weight\n"),
    ("section", "## Non-urgent advice: Talk to your GP if\n\n- it keeps happening\n"),
    (
        "section",
        "## Emergency action required: Call 999 or 112 or go to your nearest emergency department (ED) if\n\n- you pass out\n",
    ),
    ("section", "## Call your GP or Healthline 0800 611 116 if you:\n\n- have a fever\n"),
    (
        "section",
        "## When to Call the Doctor\n\nGet in touch with your family doctor if the spasms are severe or keep coming back.\n",
    ),
    (
        "section",
        "## When Should I Call the Doctor?\n\nCall the doctor if your child:\n\n- limps\n- has a fever\n",
    ),
    ("section", "## Call a doctor if:\n\n- pain is not relieved\n"),
    (
        "section",
        "## When to See a Healthcare Provider\n\nReach out to your healthcare provider if you have leg swelling or muscle weakness with your cramps.\n",
    ),
    ("section", "See your health-care provider if you have:\n\n- blood in your urine\n"),
    (
        "section",
        "## Where to get help\n\n- In an emergency, always call triple zero (000)\n- Your GP, if the swelling does not settle\n",
    ),
    ("section", "## When to seek help now\n\nSudden breathlessness, or a leg that turns blue.\n"),
    (
        "section",
        "## When leg cramps are something more serious\n\nSwelling, redness and warmth in one calf may be a clot. Call your doctor the same day.\n",
    ),
    (
        "section",
        "Go to the emergency department or call 911 if you have any of these:\n- new confusion\n- stiff neck\n",
    ),
    ("section", "## Get urgent help\n\n- You feel you may harm yourself\n\nCall 988.\n"),
    (
        "section",
        "## When to talk to your primary care doctor\n\nBring it up if tiredness lasts for weeks or you lose weight.\n",
    ),
    (
        "section",
        "## When it's time to see someone\n\nSee your GP if low mood lasts for more than two weeks.\n",
    ),
    ("section", "## When to be worried about palpitations\n\n- fainting\n- chest pain\n"),
    (
        "section",
        "Please call us or your GP at once if you have:\n\n- pus from the wound\n- fever\n",
    ),
    (
        "section",
        "### You should get medical help urgently if\n\n* the pain is very bad\n* you vomit blood\n",
    ),
    (
        "section",
        "## Seeking medical care\n\nSee a doctor if cramps wake you every night or your muscles weaken.\n",
    ),
    (
        "section",
        "## How to know when to get help\n\nIf the dizziness lasts, or you faint, see a doctor.\n",
    ),
    ("section", "## Symptoms that mean you should call 911\n\n- Slurred speech\n- Drooping face\n"),
    ("section", "**Warning signs – see a doctor today:**\n\n- calf hot and swollen\n"),
    ("section", "**Get medical care right away for:**\n\n- heavy bleeding\n"),
    (
        "section",
        "| Red flag | What it may mean |\n|---|---|\n| Saddle numbness | nerve damage: go to A&E |\n| Fever | infection: call your GP today |\n",
    ),
    ("section", "### ⚠️ Emergency symptoms\n\n- Chest pain\n- Fainting\n"),
    (
        "mention",
        "Speak with a pharmacist or doctor if the cramps began after a new medicine and you feel weak.\n",
    ),
    ("mention", "Contact your family doctor if the pain stops you from sleeping.\n"),
    ("mention", "Ongoing tiredness should always be discussed with a doctor.\n"),
    ("mention", "If the redness is spreading, you need to see a doctor today.\n"),
    ("mention", "Sudden breathlessness is an emergency: dial 999.\n"),
    ("mention", "You should never ignore chest pain; get it checked.\n"),
    ("mention", "For cramps that last longer than ten minutes, call NHS 111.\n"),
    ("mention", "A child with a fever and a stiff neck must go to hospital at once.\n"),
    ("mention", "Talk to your midwife if your hands and face swell.\n"),
    ("mention", "If bleeding doesn't stop after 20 minutes, go to A&E.\n"),
    ("mention", "Numbness that spreads quickly calls for emergency care.\n"),
    ("mention", "If you feel you might hurt yourself, call or text 988 right now.\n"),
    ("mention", "Consult a doctor if symptoms persist for more than two weeks.\n"),
    ("mention", "Seek immediate medical attention for a swollen leg with chest pain.\n"),
    ("none", "A doctor should be able to tell a sprain from a strain by the swelling.\n"),
    ("none", "Many see their doctor about tiredness each year.\n"),
    ("none", "Call ahead before you go to hospital for your knee pain clinic.\n"),
    ("none", "Bring a list of your symptoms when you see your doctor.\n"),
    ("none", "Your pharmacist can suggest a cream for pain and swelling.\n"),
    ("none", "Cramps, twitching and weakness are signs of low potassium.\n"),
    (
        "none",
        "The clinic opens at nine; book an appointment online for a massage that eases pain.\n",
    ),
    ("none", "Nurses recommend gentle movement for swollen ankles.\n"),
    ("none", "Get help from a friend to stretch your calf if it is painful.\n"),
    ("none", "Speak to your employer if back pain makes your job hard.\n"),
    ("none", "Contact lenses can cause red, painful eyes.\n"),
    ("none", "Always talk to your doctor before using herbs for anxiety.\n"),
    ("none", "Ask about side effects when your doctor prescribes a statin.\n"),
    (
        "none",
        "## What to watch for when you buy magnesium\n\n- Doses that are too high\n- Weak claims\n",
    ),
    ("none", "## Seeing a physiotherapist\n\nExercises ease back pain and stiffness.\n"),
    ("none", "## How doctors treat palpitations\n\n- medicines\n- a pacemaker for fainting\n"),
    ("none", "## When to exercise\n\nExercise when pain eases; stop if you are tired.\n"),
    ("none", "I called my doctor about the pain and she told me to rest.\n"),
    ("none", "In 1999, 911 people with back pain joined the study.\n"),
    ("none", "People with sudden weight loss were asked to see a specialist in the trial.\n"),
    ("hollow", "## See your doctor if\n\n## Treatment\n\nRest.\n"),
    (
        "hollow",
        "Get emergency help if:\n\nCramps are common in people who train hard and sweat a lot.\n",
    ),
    ("hollow", "## Warning signs\n\n***\n\n## Causes\n\nMany.\n"),
    (
        "hollow",
        "**Call your doctor right away if you notice:**\n\nA balanced diet has enough minerals for most people.\n",
    ),
]


@pytest.mark.parametrize(("level", "text"), FURTHER)
def test_further_ways_of_putting_it(level, text):
    _, found = read(f"{INTRO}{text}\n## Rest\n\nA night of rest helps most people.\n")
    assert (found.level, bool(found.hollow)) == (
        ("none", True) if level == "hollow" else (level, False)
    )


HOLLOW = {
    "lead-in before prose": (
        "Red flags include:",
        "Red flags include:\n\nMuscles need minerals to relax properly.\n",
    ),
    "lead-in before a heading": (
        "See a doctor if you have:",
        "See a doctor if you have:\n\n## Causes\n\nMany.\n",
    ),
    "lead-in at the end": ("Call 911 if:", "Call 911 if:\n"),
    "heading before a heading": ("Red flags", "## Red flags\n\n## Causes\n\nMany.\n"),
    "heading at the end": ("When to see a doctor", "## When to see a doctor\n"),
    "heading over other prose": (
        "Warning signs",
        "## Warning signs\n\nMagnesium is found in nuts, seeds and leafy greens.\n\n## Causes\n\nMany.\n",
    ),
    "card heading": ("See a GP if:", "## See a GP if:\n\n## Treatment\n\nRest.\n"),
    "lead-in inside its section": (
        "See your doctor if you have:",
        "## When to see a doctor\n\nSee your doctor if you have:\n\n## Causes\n\nMany.\n",
    ),
    "two lead-ins": ("Call 999 if:", "Call 999 if:\n\nSee a GP if:\n\n- it lasts a week\n"),
}


@pytest.mark.parametrize("name", HOLLOW)
def test_a_lead_whose_signs_are_lost_is_hollow(name):
    lead, text = HOLLOW[name]
    article, found = read(INTRO + text)
    assert [article.words(span).lstrip("# ") for span in found.hollow] == [lead]


NOT_HOLLOW = {
    "points to another page": "## When to see a doctor\n\nRead [our page on leg pain](/leg-pain).\n",
    "signs in the heading": "## Call 999 if someone has chest pain\n\n## Causes\n\nMany.\n",
    "tiers below": "## When to get help\n\n### Call 911 if\n\n- you faint\n",
    "lists lost their bullets": "See a doctor if you have:\n\nnumb toes\n\na fever\n\n## Causes\n\nMany.\n",
    "same heading again": "## When to see a doctor\n\n## Causes\n\nMany.\n\n## When to see a doctor\n\n- Fever\n",
    "code": "See a doctor if:\n\n```\nfever\n```\n",
    "other lost list": "Magnesium helps to:\n\nNuts hold a lot of it.\n",
}


@pytest.mark.parametrize("name", NOT_HOLLOW)
def test_what_is_not_hollow(name):
    _, found = read(INTRO + NOT_HOLLOW[name])
    assert found.hollow == ()


@pytest.mark.parametrize(
    ("text", "adequate"),
    [
        ("## See a GP if:\n\n- you have a fever\n- the calf swells\n", True),
        ("If you feel unwell or notice side effects, speak to your GP.\n", False),
        ("Numbness with weakness needs to be checked by a doctor.\n", True),
        ("", False),
    ],
)
def test_adequate_is_signs_and_whom_to_turn_to(text, adequate):
    assert read(INTRO + text)[1].adequate is adequate


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Red flags include:", True),
        ("Call 999 if the person:", True),
        ("When to see a doctor", True),
        ("**Seek medical help if:**", True),
        ("Magnesium helps to:", False),
        ("Warning signs of low magnesium include:", False),
        ("Your GP may check for:", False),
        ("", False),
    ],
)
def test_a_line_that_announces_red_flags(text, says):
    assert is_red_flag(text) is says


def test_spans_lie_in_the_text_and_in_order():
    cards = "\n".join(SECTIONS[n] for n in ("nhs card", "999 card", "red flags"))
    text = INTRO + MENTIONS["gp"] + "\n\n" + cards
    article, found = read(text)
    for spans in (found.sections, found.mentions, found.hollow):
        assert list(spans) == sorted(spans)
        assert all(0 <= s.start < s.end <= len(article.source.text) for s in spans)
    assert len(found.sections) == 3
    assert len(found.mentions) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It may be the heart if the ache spreads to your jaw. Go to an emergency room at once.",
        "Go to hospital if you think you have sepsis.",
        "If it happens a lot, call your nurse.",
        "Whoever has any low calcium symptoms should see a nurse.",
        "Rest in the shade, and if cramps do not stop or you are in doubt, call 911.",
    ],
)
def test_more_sentences_that_send_to_care(text):
    assert read(INTRO + text + "\n")[1].mentions


@pytest.mark.parametrize(
    "text",
    [
        "It may be cramp if the calf hurts. Ask your doctor about magnesium.",
        "See your nurse as planned:\n\nTake a list of what you want to know.",
        "You do not need to see a doctor if the cramp stops.",
    ],
)
def test_more_sentences_that_send_nobody(text):
    found = read(INTRO + text + "\n")[1]
    assert (found.mentions, found.sections, found.hollow) == ((), (), ())


LISTED = {
    "these symptoms": "Low iron shows in:\n\n- pale skin\n- fainting\n\nIf you notice any of these symptoms, see your doctor soon.\n",
    "under its own heading": "## Symptoms\n\n- fever\n- chills\n\n## What to do\n\nCall your doctor today if you have one of these symptoms.\n",
    "above, in prose": "Some people get a rash, swelling or wheezing.\n\nContact a doctor at once if you have one of the reactions above.\n",
    "below": "If you have the symptoms described below, see a doctor today.\n\n(1) Numbness between the legs.\n\n(2) Trouble passing urine.\n",
    "in the same lines": "See a doctor if your headache comes with any of the following. *a stiff neck *a rash *confusion\n",
}


@pytest.mark.parametrize("name", LISTED)
def test_signs_elsewhere_that_the_advice_speaks_of_count(name):
    _, found = read(INTRO + LISTED[name])
    assert found.adequate
    if found.level == "mention":
        assert found.listed
        assert all(span not in found.mentions for span in found.listed)


@pytest.mark.parametrize(
    "text",
    [
        "Eat these:\n\n- kale for weakness\n- nuts for cramps\n\nSee a doctor if you faint.\n",
        "- pain\n- fever\n\nIf you have any of these symptoms:\n\n- drink water\n- rest\n",
    ],
)
def test_signs_that_no_advice_speaks_of_do_not(text):
    assert not read(INTRO + text)[1].listed


def test_advice_may_speak_of_the_sentence_before():
    _, found = read(INTRO + "Both eyes can turn yellow. These need urgent medical attention.\n")
    assert (found.level, len(found.mentions)) == ("mention", 2)
    _, found = read(INTRO + "Calves can swell. They may need a doctor's care.\n")
    assert found.level == "none"


def test_a_crisis_line_for_one_grave_sign_is_enough():
    assert read(INTRO + "If you have thoughts of suicide, call 988.\n")[1].adequate


def test_advice_that_is_quoted_to_the_reader_counts():
    said = "“You should see a doctor if your leg is swollen and hot,” the pharmacist said.\n"
    assert read(INTRO + said)[1].level == "mention"


def test_a_whole_sentence_below_a_lead_is_no_sign_of_its_list():
    text = "Signs that you should seek medical attention at once include if:\n\n"
    text += "If the doctor finds a virus, rest is the best treatment, unless the pain is severe.\n"
    assert len(read(INTRO + text)[1].hollow) == 1


def test_a_title_that_stands_twice_heads_no_signs():
    title = "Signs of low mood: when to seek help"
    text = f"# {title}\n\n## {title}\n\nLow mood brings thoughts of self-harm to some.\n"
    assert read(text)[1].sections == ()
    once = "# Low mood\n\n" + text.partition("\n\n")[2]
    assert read(once)[1].sections != ()


def test_who_seeks_care_is_told_of_and_sends_nobody():
    told = "Chest pain is one of the most common reasons adults seek medical care.\n"
    assert read(INTRO + told)[1].level == "none"
    told = "Every year, millions of children visit doctors for chest pain.\n"
    assert read(INTRO + told)[1].level == "none"
    assert read(INTRO + "With chest pain, adults should seek medical care.\n")[1].level == "mention"
