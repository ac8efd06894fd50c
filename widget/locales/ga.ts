import type { Strings } from "./strings.ts";

const ga: Strings = {
  title: "Do shonraí, do rogha",
  points: "Cad is brí leis seo duit",
  collected: "Cad a bhailítear",
  why: "Cén cuspóir",
  recipients: "Cé a fhaigheann iad",
  abroad: "Cá n-aistrítear iad",
  retention: "Cá fhad",
  rights: "Do chearta",

  accept: "Glac le gach rud",
  refuse: "Diúltaigh gach rud",
  choose: "Roghnaigh",
  save: "Sábháil an rogha",
  withdraw: "Tarraing siar gach rud",
  close: "Dún gan athruithe",
  show: "Ceadaigh agus taispeáin",

  policy: "Beartas príobháideachais",
  consent: "Téacs an toilithe",
  byAccepting: "Trí “{accept}” a bhrú, tugann tú [toiliú le próiseáil sonraí pearsanta].",
  bySaving:
    "Trí “{accept}” a bhrú, nó “{save}” agus aon rud ar siúl, tugann tú [toiliú le próiseáil sonraí pearsanta].",

  reopen: "Roghanna príobháideachais",
  optOut: "Ná díol agus ná roinn mo shonraí pearsanta",
  preferences: "Cad a cheadaíonn tú?",
  alwaysOn: "Ar siúl i gcónaí",
  partly: "ar siúl go páirteach",
  services: "Seirbhísí: {n}",
  recipient: "Faighteoir: [{name}], {country}.",
  crossBorder: "Fágann do shonraí an tír.",
  stores: "Coinnithe i do bhrabhsálaí: {n}",
  session: "go dtí go ndúnann tú an brabhsálaí",
  byUs: "{life}, bainimid é má tharraingítear an toiliú siar",
  byYou: "{life}, ní féidir ach leatsa é a bhaint, i socruithe an bhrabhsálaí",

  mine: "Mo roghanna",
  consentId: "Uimhir an toilithe:",
  consentIdUse: "Luaigh í agus tú ag fiafraí faoi do shonraí: {contact}",
  copy: "Cóipeáil",
  copied: "Cóipeáilte",
  granted: "Ceadaithe: {list}",
  nothing: "Níl aon rud ceadaithe",
  waiting: "Gan seoladh fós; ag iarraidh arís",
  receipt: "Admháil",
  erase: "Scrios mo thaifid",
  eraseSure:
    "Scriostar do roghanna agus a n-admhálacha go deo, agus cuirtear deireadh le gach rud a cheadaigh tú.",
  eraseNot: "Coinnigh iad",
  eraseNow: "Scrios go deo",
  erased: "Tá do thaifid scriosta.",
  eraseFailed: "Níor scriosadh aon rud anois. Fiafraigh de {contact}",
  leftBehind:
    "Níorbh fhéidir linn {list} a bhaint. Ní féidir ach leatsa é a dhéanamh, i socruithe an bhrabhsálaí faoi shonraí suímh.",
  unrecorded:
    "Sa bhrabhsálaí seo amháin a choinnítear do rogha. Ní dhéanann an suíomh taifead di, mar sin níl admháil ann.",
  saved: "Tá do rogha sábháilte.",

  comma: ", ",
};

export default ga;
