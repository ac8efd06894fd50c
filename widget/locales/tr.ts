import type { Strings } from "./strings.ts";

const tr: Strings = {
  title: "Verileriniz, sizin seçiminiz",
  points: "Bu sizin için ne anlama geliyor",
  collected: "Neler toplanıyor",
  why: "Hangi amaçla",
  recipients: "Kime aktarılıyor",
  abroad: "Nereye aktarılıyor",
  retention: "Ne kadar süreyle",
  rights: "Haklarınız",

  accept: "Tümünü kabul et",
  refuse: "Tümünü reddet",
  choose: "Seç",
  save: "Seçimi kaydet",
  withdraw: "Tümünü geri al",
  close: "Değişiklik yapmadan kapat",
  show: "İzin ver ve göster",

  policy: "Gizlilik politikası",
  consent: "Açık rıza metni",
  byAccepting:
    "“{accept}” düğmesine basarak [kişisel verilerin işlenmesine açık rıza] vermiş olursunuz.",
  bySaving:
    "“{accept}” düğmesine ya da bir şey açıkken “{save}” düğmesine basarak [kişisel verilerin işlenmesine açık rıza] vermiş olursunuz.",

  reopen: "Gizlilik seçimleri",
  optOut: "Kişisel verilerimi satmayın ve paylaşmayın",
  preferences: "Neye izin veriyorsunuz?",
  alwaysOn: "Her zaman açık",
  partly: "kısmen açık",
  services: "Hizmetler: {n}",
  recipient: "Alıcı: [{name}], {country}.",
  crossBorder: "Verileriniz yurt dışına aktarılır.",
  stores: "Tarayıcınızda saklanan: {n}",
  session: "tarayıcıyı kapatana kadar",
  byUs: "{life}, rızanızı geri aldığınızda biz sileriz",
  byYou: "{life}, yalnızca siz tarayıcı ayarlarından silebilirsiniz",

  mine: "Seçimlerim",
  consentId: "Rıza numarası:",
  consentIdUse: "Verilerinizle ilgili sorularınızda bu numarayı belirtin: {contact}",
  copy: "Kopyala",
  copied: "Kopyalandı",
  granted: "İzin verilen: {list}",
  nothing: "Hiçbir şeye izin verilmedi",
  waiting: "Henüz gönderilmedi; denemeyi sürdürüyoruz",
  receipt: "Makbuz",
  erase: "Kayıtlarımı sil",
  eraseSure: "Seçimleriniz ve makbuzları kalıcı olarak silinir, izin verdiğiniz her şey sona erer.",
  eraseNot: "Sakla",
  eraseNow: "Kalıcı olarak sil",
  erased: "Kayıtlarınız silindi.",
  eraseFailed: "Şu anda hiçbir şey silinemedi. İletişim: {contact}",
  leftBehind:
    "Şunları kaldıramadık: {list}. Bunu yalnızca siz, tarayıcı ayarlarındaki site verilerinden yapabilirsiniz.",
  unrecorded:
    "Seçiminiz yalnızca bu tarayıcıda saklanır. Site bunu kayda geçirmez, bu yüzden makbuz yoktur.",
  saved: "Seçiminiz kaydedildi.",

  comma: ", ",
};

export default tr;
