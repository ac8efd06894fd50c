import type { Strings } from "./strings.ts";

const lv: Strings = {
  title: "Jūsu dati, jūsu izvēle",
  points: "Ko tas jums nozīmē",
  collected: "Kas tiek vākts",
  why: "Kādam nolūkam",
  recipients: "Kas tos saņem",
  abroad: "Kurp tos nosūta",
  retention: "Cik ilgi glabā",
  rights: "Jūsu tiesības",

  accept: "Pieņemt visu",
  refuse: "Noraidīt visu",
  choose: "Izvēlēties",
  save: "Saglabāt izvēli",
  withdraw: "Atsaukt visu",
  close: "Aizvērt bez izmaiņām",
  show: "Atļaut un rādīt",

  policy: "Privātuma politika",
  consent: "Piekrišanas teksts",
  byAccepting: "Nospiežot “{accept}”, jūs dodat [piekrišanu personas datu apstrādei].",
  bySaving:
    "Nospiežot “{accept}” vai, ja kaut kas ir ieslēgts, “{save}”, jūs dodat [piekrišanu personas datu apstrādei].",

  reopen: "Privātuma izvēle",
  optOut: "Nepārdodiet un nenododiet manus personas datus",
  preferences: "Ko jūs atļaujat?",
  alwaysOn: "Vienmēr ieslēgts",
  partly: "daļēji ieslēgts",
  services: "Pakalpojumi: {n}",
  recipient: "Saņēmējs: [{name}], {country}.",
  crossBorder: "Jūsu dati tiek nosūtīti uz ārvalstīm.",
  stores: "Glabājas jūsu pārlūkā: {n}",
  session: "līdz pārlūka aizvēršanai",
  byUs: "{life}, mēs to izdzēšam pēc atsaukuma",
  byYou: "{life}, izdzēst varat tikai jūs pārlūka iestatījumos",

  mine: "Mana izvēle",
  consentId: "Piekrišanas numurs:",
  consentIdUse: "Norādiet to, jautājot par saviem datiem: {contact}",
  copy: "Kopēt",
  copied: "Nokopēts",
  granted: "Atļauts: {list}",
  nothing: "Nekas nav atļauts",
  waiting: "Vēl nav nosūtīts; turpinām mēģināt",
  receipt: "Apliecinājums",
  erase: "Dzēst manus ierakstus",
  eraseSure:
    "Jūsu izvēle un tās apliecinājumi tiks neatgriezeniski dzēsti, un viss, ko atļāvāt, beigsies.",
  eraseNot: "Paturēt",
  eraseNow: "Dzēst neatgriezeniski",
  erased: "Jūsu ieraksti ir dzēsti.",
  eraseFailed: "Pašlaik neko neizdevās dzēst. Jautājiet: {contact}",
  leftBehind:
    "Mums neizdevās noņemt: {list}. To varat izdarīt tikai jūs pārlūka iestatījumos, vietņu datu sadaļā.",
  unrecorded:
    "Jūsu izvēle glabājas tikai šajā pārlūkā. Vietne to nereģistrē, tāpēc apliecinājuma nav.",
  saved: "Jūsu izvēle ir saglabāta.",

  comma: ", ",
};

export default lv;
