import type { Strings } from "./strings.ts";

const pt: Strings = {
  title: "Os seus dados, a sua escolha",
  points: "O que isto significa para si",
  collected: "O que é recolhido",
  why: "Para que fins",
  recipients: "Quem os recebe",
  abroad: "Para onde vão",
  retention: "Durante quanto tempo",
  rights: "Os seus direitos",

  accept: "Aceitar tudo",
  refuse: "Recusar tudo",
  choose: "Escolher",
  save: "Guardar escolha",
  withdraw: "Retirar tudo",
  close: "Fechar sem alterações",
  show: "Permitir e mostrar",

  policy: "Política de privacidade",
  consent: "Texto do consentimento",
  byAccepting:
    "Ao premir «{accept}», dá o seu [consentimento para o tratamento de dados pessoais].",
  bySaving:
    "Ao premir «{accept}», ou «{save}» com algo ativado, dá o seu [consentimento para o tratamento de dados pessoais].",

  reopen: "Opções de privacidade",
  optOut: "Não vender nem partilhar os meus dados pessoais",
  preferences: "O que permite?",
  alwaysOn: "Sempre ativo",
  partly: "parcialmente ativo",
  services: "Serviços: {n}",
  recipient: "Destinatário: [{name}], {country}.",
  crossBorder: "Os seus dados saem do país.",
  stores: "Guardado no seu navegador: {n}",
  session: "até fechar o navegador",
  byUs: "{life}; removemo-lo quando retirar o consentimento",
  byYou: "{life}; só o utilizador o pode remover, nas definições do navegador",

  mine: "As minhas escolhas",
  consentId: "Número do consentimento:",
  consentIdUse: "Indique-o quando perguntar pelos seus dados: {contact}",
  copy: "Copiar",
  copied: "Copiado",
  granted: "Permitido: {list}",
  nothing: "Nada permitido",
  waiting: "Ainda não enviado; continuamos a tentar",
  receipt: "Comprovativo",
  erase: "Apagar os meus registos",
  eraseSure:
    "As suas escolhas e os respetivos comprovativos são apagados para sempre, e tudo o que permitiu termina.",
  eraseNot: "Conservar",
  eraseNow: "Apagar para sempre",
  erased: "Os seus registos foram apagados.",
  eraseFailed: "Não foi possível apagar nada agora. Contacte {contact}",
  leftBehind:
    "Não conseguimos remover {list}. Só o utilizador o pode fazer, nas definições do navegador, nos dados de sites.",
  unrecorded:
    "A sua escolha fica guardada apenas neste navegador. O site não a regista, por isso não há recibo.",
  saved: "A sua escolha foi guardada.",

  comma: ", ",
};

export default pt;
