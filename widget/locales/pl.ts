import type { Strings } from "./strings.ts";

const pl: Strings = {
  title: "Twoje dane, Twój wybór",
  points: "Co to dla Ciebie oznacza",
  collected: "Co jest zbierane",
  why: "W jakim celu",
  recipients: "Kto je otrzymuje",
  abroad: "Dokąd są przekazywane",
  retention: "Jak długo",
  rights: "Twoje prawa",

  accept: "Akceptuję wszystko",
  refuse: "Odrzucam wszystko",
  choose: "Wybieram",
  save: "Zapisuję wybór",
  withdraw: "Wycofuję wszystko",
  close: "Zamknij bez zmian",
  show: "Zezwól i pokaż",

  policy: "Polityka prywatności",
  consent: "Treść zgody",
  byAccepting: "Naciskając „{accept}”, wyrażasz [zgodę na przetwarzanie danych osobowych].",
  bySaving:
    "Naciskając „{accept}” lub „{save}”, gdy coś jest włączone, wyrażasz [zgodę na przetwarzanie danych osobowych].",

  reopen: "Ustawienia prywatności",
  optOut: "Nie sprzedawajcie ani nie udostępniajcie moich danych osobowych",
  preferences: "Na co pozwalasz?",
  alwaysOn: "Zawsze włączone",
  partly: "włączone częściowo",
  services: "Usługi: {n}",
  recipient: "Odbiorca: [{name}], {country}.",
  crossBorder: "Twoje dane są przekazywane za granicę.",
  stores: "Przechowywane w przeglądarce: {n}",
  session: "do zamknięcia przeglądarki",
  byUs: "{life}, usuwamy po wycofaniu zgody",
  byYou: "{life}, usunąć możesz tylko Ty, w ustawieniach przeglądarki",

  mine: "Moje wybory",
  consentId: "Numer zgody:",
  consentIdUse: "Podaj go, pytając o swoje dane: {contact}",
  copy: "Kopiuj",
  copied: "Skopiowano",
  granted: "Dozwolone: {list}",
  nothing: "Nic nie jest dozwolone",
  waiting: "Jeszcze nie wysłano; próbujemy dalej",
  receipt: "Potwierdzenie",
  erase: "Usuń moje zapisy",
  eraseSure:
    "Twoje wybory i ich potwierdzenia zostaną trwale usunięte, a wszystko, na co pozwalasz, zakończy się.",
  eraseNot: "Zachowaj",
  eraseNow: "Usuń trwale",
  erased: "Twoje zapisy zostały usunięte.",
  eraseFailed: "Teraz nie udało się niczego usunąć. Zapytaj: {contact}",
  leftBehind:
    "Nie udało się nam usunąć: {list}. Możesz to zrobić tylko Ty, w ustawieniach przeglądarki, w danych witryn.",
  unrecorded:
    "Wybór jest zapisany tylko w tej przeglądarce. Strona nie prowadzi jego rejestru, więc nie ma potwierdzenia.",
  saved: "Twój wybór jest zapisany.",

  comma: ", ",
};

export default pl;
