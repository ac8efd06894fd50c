import type { Strings } from "./strings.ts";

const mt: Strings = {
  title: "Id-data tiegħek, l-għażla tiegħek",
  points: "Xi jfisser dan għalik",
  collected: "X’jinġabar",
  why: "Għal liema skop",
  recipients: "Min jirċeviha",
  abroad: "Fejn tiġi trasferita",
  retention: "Kemm iddum tinżamm",
  rights: "Id-drittijiet tiegħek",

  accept: "Aċċetta kollox",
  refuse: "Irrifjuta kollox",
  choose: "Agħżel",
  save: "Issejvja l-għażla",
  withdraw: "Irtira kollox",
  close: "Agħlaq mingħajr bidliet",
  show: "Ippermetti u uri",

  policy: "Politika tal-privatezza",
  consent: "Test tal-kunsens",
  byAccepting: "Meta tagħfas “{accept}” tagħti l-[kunsens għall-ipproċessar tad-data personali].",
  bySaving:
    "Meta tagħfas “{accept}”, jew “{save}” b’xi ħaġa mixgħula, tagħti l-[kunsens għall-ipproċessar tad-data personali].",

  reopen: "Għażliet tal-privatezza",
  optOut: "Tbigħux u taqsmux id-data personali tiegħi",
  preferences: "X’tippermetti?",
  alwaysOn: "Dejjem mixgħul",
  partly: "mixgħul parzjalment",
  services: "Servizzi: {n}",
  recipient: "Riċevitur: [{name}], {country}.",
  crossBorder: "Id-data tiegħek toħroġ mill-pajjiż.",
  stores: "Miżmum fil-browser tiegħek: {n}",
  session: "sakemm tagħlaq il-browser",
  byUs: "{life}, inneħħuh aħna meta tirtira l-kunsens",
  byYou: "{life}, int biss tista’ tneħħih, fis-settings tal-browser",

  mine: "L-għażliet tiegħi",
  consentId: "Numru tal-kunsens:",
  consentIdUse: "Semmih meta tistaqsi dwar id-data tiegħek: {contact}",
  copy: "Ikkopja",
  copied: "Ikkupjat",
  granted: "Permess: {list}",
  nothing: "Xejn mhu permess",
  waiting: "Għadu ma ntbagħatx; qed inkomplu nippruvaw",
  receipt: "Riċevuta",
  erase: "Ħassar ir-rekords tiegħi",
  eraseSure:
    "L-għażliet tiegħek u r-riċevuti tagħhom jitħassru għal dejjem, u kull ma ppermettejt jintemm.",
  eraseNot: "Żommhom",
  eraseNow: "Ħassar għal dejjem",
  erased: "Ir-rekords tiegħek tħassru.",
  eraseFailed: "Issa ma seta’ jitħassar xejn. Staqsi lil {contact}",
  leftBehind:
    "Ma stajniex inneħħu {list}. Int biss tista’, fis-settings tal-browser taħt id-data tas-siti.",
  unrecorded:
    "L-għażla tiegħek tinżamm f’dan il-browser biss. Is-sit ma jagħmilx reġistrazzjoni tagħha, għalhekk m’hemmx irċevuta.",
  saved: "L-għażla tiegħek ġiet issejvjata.",

  comma: ", ",
};

export default mt;
