import type { Strings } from "./strings.ts";

const zhHant: Strings = {
  title: "您的資料，由您選擇",
  points: "這對您有何意義",
  collected: "蒐集哪些資料",
  why: "用於什麼目的",
  recipients: "由誰接收",
  abroad: "傳往何處",
  retention: "保存多久",
  rights: "您的權利",

  accept: "全部同意",
  refuse: "全部拒絕",
  choose: "選擇",
  save: "儲存選擇",
  withdraw: "全部撤回",
  close: "關閉且不變更",
  show: "允許並顯示",

  policy: "隱私權政策",
  consent: "同意書",
  byAccepting: "按下「{accept}」即表示您[同意處理個人資料]。",
  bySaving: "按下「{accept}」，或在任一項開啟時按下「{save}」，即表示您[同意處理個人資料]。",

  reopen: "隱私選擇",
  preferences: "您允許哪些處理？",
  alwaysOn: "一律開啟",
  partly: "部分開啟",
  services: "服務：{n}",
  recipient: "接收者：[{name}]，{country}。",
  crossBorder: "您的資料會傳輸至境外。",
  stores: "保存在您的瀏覽器中：{n}",
  session: "直到關閉瀏覽器",
  byUs: "{life}，您撤回同意後由我們移除",
  byYou: "{life}，只有您能在瀏覽器設定中移除",

  mine: "我的選擇",
  consentId: "同意編號：",
  consentIdUse: "查詢您的資料時請提供此編號：{contact}",
  copy: "複製",
  copied: "已複製",
  granted: "已允許：{list}",
  nothing: "未允許任何項目",
  waiting: "尚未傳送，我們會繼續嘗試",
  receipt: "收據",
  erase: "刪除我的紀錄",
  eraseSure: "您的選擇及其收據將永久刪除，您允許的一切也將終止。",
  eraseNot: "保留",
  eraseNow: "永久刪除",
  erased: "您的紀錄已刪除。",
  eraseFailed: "目前無法刪除任何內容。請洽詢：{contact}",
  leftBehind: "我們無法移除 {list}。只有您能在瀏覽器設定的網站資料中移除。",
  saved: "您的選擇已儲存。",

  comma: "、",
};

export default zhHant;
