import type { Strings } from "./strings.ts";

const fr: Strings = {
  title: "Vos données, votre choix",
  points: "Ce que cela signifie pour vous",
  collected: "Ce qui est collecté",
  why: "À quelles fins",
  recipients: "Qui les reçoit",
  abroad: "Où elles vont",
  retention: "Durée de conservation",
  rights: "Vos droits",

  accept: "Tout accepter",
  refuse: "Tout refuser",
  choose: "Choisir",
  save: "Enregistrer",
  withdraw: "Tout retirer",
  close: "Fermer sans rien changer",
  show: "Autoriser et afficher",

  policy: "Politique de confidentialité",
  consent: "Texte du consentement",
  byAccepting:
    "En appuyant sur «\u00A0{accept}\u00A0», vous donnez votre [consentement au traitement de données à caractère personnel].",
  bySaving:
    "En appuyant sur «\u00A0{accept}\u00A0», ou sur «\u00A0{save}\u00A0» si une option est activée, vous donnez votre [consentement au traitement de données à caractère personnel].",

  reopen: "Choix de confidentialité",
  optOut: "Ne pas vendre ni partager mes données personnelles",
  preferences: "Qu’autorisez-vous\u00A0?",
  alwaysOn: "Toujours actif",
  partly: "actif en partie",
  services: "Services\u00A0: {n}",
  recipient: "Destinataire\u00A0: [{name}], {country}.",
  crossBorder: "Vos données quittent le pays.",
  stores: "Conservé dans votre navigateur\u00A0: {n}",
  session: "jusqu’à la fermeture du navigateur",
  byUs: "{life}, supprimé par nous en cas de retrait",
  byYou: "{life}, vous seul pouvez le supprimer, dans les réglages du navigateur",

  mine: "Mes choix",
  consentId: "Numéro de consentement\u00A0:",
  consentIdUse: "Indiquez-le si vous posez une question sur vos données\u00A0: {contact}",
  copy: "Copier",
  copied: "Copié",
  granted: "Autorisé\u00A0: {list}",
  nothing: "Rien n’est autorisé",
  waiting: "Pas encore envoyé\u00A0; nouvel essai en cours",
  receipt: "Récépissé",
  erase: "Effacer mes enregistrements",
  eraseSure:
    "Vos choix et leurs récépissés seront effacés définitivement, et tout ce que vous avez autorisé prendra fin.",
  eraseNot: "Les conserver",
  eraseNow: "Effacer définitivement",
  erased: "Vos enregistrements sont effacés.",
  eraseFailed: "Rien n’a pu être effacé maintenant. Contactez {contact}",
  leftBehind:
    "Nous n’avons pas pu supprimer {list}. Vous seul pouvez le faire, dans les réglages du navigateur, parmi les données de sites.",
  unrecorded:
    "Votre choix est conservé dans ce navigateur seulement. Le site ne l’enregistre pas, il n’y a donc pas de reçu.",
  saved: "Votre choix est enregistré.",

  comma: ", ",
};

export default fr;
