import type { Strings } from "./strings.ts";

const cs: Strings = {
  title: "Vaše údaje, vaše volba",
  points: "Co to pro vás znamená",
  collected: "Co se shromažďuje",
  why: "K čemu",
  recipients: "Kdo je obdrží",
  abroad: "Kam se předávají",
  retention: "Jak dlouho",
  rights: "Vaše práva",

  accept: "Přijmout vše",
  refuse: "Odmítnout vše",
  choose: "Vybrat",
  save: "Uložit volbu",
  withdraw: "Odvolat vše",
  close: "Zavřít beze změn",
  show: "Povolit a zobrazit",

  policy: "Zásady ochrany osobních údajů",
  consent: "Znění souhlasu",
  byAccepting: "Stisknutím „{accept}“ udělujete [souhlas se zpracováním osobních údajů].",
  bySaving:
    "Stisknutím „{accept}“, nebo „{save}“, je-li něco zapnuto, udělujete [souhlas se zpracováním osobních údajů].",

  reopen: "Nastavení soukromí",
  optOut: "Neprodávejte ani nesdílejte moje osobní údaje",
  preferences: "Co povolujete?",
  alwaysOn: "Vždy zapnuto",
  partly: "zapnuto částečně",
  services: "Služby: {n}",
  recipient: "Příjemce: [{name}], {country}.",
  crossBorder: "Vaše údaje se předávají do zahraničí.",
  stores: "Uloženo ve vašem prohlížeči: {n}",
  session: "do zavření prohlížeče",
  byUs: "{life}, při odvolání souhlasu to odstraníme",
  byYou: "{life}, odstranit to můžete jen vy v nastavení prohlížeče",

  mine: "Moje volby",
  consentId: "Číslo souhlasu:",
  consentIdUse: "Uveďte je, když se ptáte na své údaje: {contact}",
  copy: "Kopírovat",
  copied: "Zkopírováno",
  granted: "Povoleno: {list}",
  nothing: "Nic není povoleno",
  waiting: "Zatím neodesláno, zkoušíme to dál",
  receipt: "Potvrzení",
  erase: "Vymazat mé záznamy",
  eraseSure: "Vaše volby a potvrzení o nich budou trvale vymazány a vše, co jste povolili, skončí.",
  eraseNot: "Ponechat",
  eraseNow: "Trvale vymazat",
  erased: "Vaše záznamy jsou vymazány.",
  eraseFailed: "Nyní se nepodařilo nic vymazat. Obraťte se na {contact}",
  leftBehind:
    "Nepodařilo se nám odstranit {list}. Můžete to udělat jen vy v nastavení prohlížeče, v části o datech webů.",
  unrecorded:
    "Vaše volba je uložena jen v tomto prohlížeči. Web o ní nevede záznam, proto není potvrzení.",
  saved: "Vaše volba je uložena.",

  comma: ", ",
};

export default cs;
