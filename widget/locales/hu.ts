import type { Strings } from "./strings.ts";

const hu: Strings = {
  title: "Az Ön adatai, az Ön döntése",
  points: "Mit jelent ez Önnek",
  collected: "Milyen adatokat gyűjtünk",
  why: "Milyen célból",
  recipients: "Ki kapja meg",
  abroad: "Hová továbbítjuk",
  retention: "Meddig őrizzük",
  rights: "Az Ön jogai",

  accept: "Mindent elfogadok",
  refuse: "Mindent elutasítok",
  choose: "Választok",
  save: "Választás mentése",
  withdraw: "Mindent visszavonok",
  close: "Bezárás változtatás nélkül",
  show: "Engedélyezés és megjelenítés",

  policy: "Adatkezelési tájékoztató",
  consent: "A hozzájárulás szövege",
  byAccepting: "A „{accept}” gombbal [hozzájárul személyes adatai kezeléséhez].",
  bySaving:
    "A „{accept}” gombbal, illetve ha valami be van kapcsolva, a „{save}” gombbal [hozzájárul személyes adatai kezeléséhez].",

  reopen: "Adatvédelmi választás",
  optOut: "Ne adják el és ne osszák meg a személyes adataimat",
  preferences: "Mit engedélyez?",
  alwaysOn: "Mindig bekapcsolva",
  partly: "részben bekapcsolva",
  services: "Szolgáltatások: {n}",
  recipient: "Címzett: [{name}], {country}.",
  crossBorder: "Adatait külföldre továbbítjuk.",
  stores: "Az Ön böngészőjében tárolva: {n}",
  session: "a böngésző bezárásáig",
  byUs: "{life}, visszavonáskor mi töröljük",
  byYou: "{life}, csak Ön törölheti a böngésző beállításaiban",

  mine: "Választásaim",
  consentId: "A hozzájárulás száma:",
  consentIdUse: "Adja meg, ha adatai felől érdeklődik: {contact}",
  copy: "Másolás",
  copied: "Másolva",
  granted: "Engedélyezve: {list}",
  nothing: "Semmi sincs engedélyezve",
  waiting: "Még nincs elküldve; tovább próbálkozunk",
  receipt: "Igazolás",
  erase: "Bejegyzéseim törlése",
  eraseSure:
    "Választásai és azok igazolásai véglegesen törlődnek, és minden megszűnik, amit engedélyezett.",
  eraseNot: "Megtartás",
  eraseNow: "Végleges törlés",
  erased: "Bejegyzései törölve.",
  eraseFailed: "Most semmit sem sikerült törölni. Forduljon ide: {contact}",
  leftBehind:
    "Nem sikerült eltávolítanunk: {list}. Ezt csak Ön teheti meg a böngésző beállításaiban, a webhelyadatoknál.",
  unrecorded:
    "A választását csak ez a böngésző őrzi. Az oldal nem rögzíti, ezért nincs róla igazolás.",
  saved: "Választását mentettük.",

  comma: ", ",
};

export default hu;
