import type { Words } from "../words.ts";

export const tr: Words = {
  policy: "Gizlilik politikası",
  consent: "Kişisel verilerin işlenmesine açık rıza",
  contents: "İçindekiler",
  languages: "Diğer dillerde",
  inForce: "Yürürlük tarihi: {date}",
  announced: "Önceden duyuruldu. Yürürlük tarihi: {date}",
  superseded: "Artık yürürlükte değil. Yürürlük tarihi: {date}",
  readCurrent: "Yürürlükteki metni okuyun",
  controller: "Veri sorumlusu",
  version: "Sitenin sürümü",
  documentHash: "Belgenin karması (hash)",
};
