import type { Strings } from "./strings.ts";

const ja: Strings = {
  title: "あなたのデータ、あなたの選択",
  points: "これが意味すること",
  collected: "収集する情報",
  why: "利用目的",
  recipients: "提供先",
  abroad: "移転先",
  retention: "保存期間",
  rights: "あなたの権利",

  accept: "すべて同意",
  refuse: "すべて拒否",
  choose: "選択する",
  save: "選択を保存",
  withdraw: "すべて撤回",
  close: "変更せずに閉じる",
  show: "許可して表示",

  policy: "プライバシーポリシー",
  consent: "同意書",
  byAccepting: "「{accept}」を押すと、[個人データの取扱いに同意]したことになります。",
  bySaving:
    "「{accept}」を押すか、いずれかがオンの状態で「{save}」を押すと、[個人データの取扱いに同意]したことになります。",

  reopen: "プライバシーの選択",
  optOut: "私の個人情報を販売・共有しない",
  preferences: "何を許可しますか？",
  alwaysOn: "常にオン",
  partly: "一部オン",
  services: "サービス：{n}",
  recipient: "提供先：[{name}]、{country}。",
  crossBorder: "データは国外へ移転されます。",
  stores: "ブラウザーに保存：{n}",
  session: "ブラウザーを閉じるまで",
  byUs: "{life}、同意の撤回時に当サイトが削除します",
  byYou: "{life}、ブラウザーの設定でご本人だけが削除できます",

  mine: "私の選択",
  consentId: "同意番号：",
  consentIdUse: "データについてのお問い合わせの際にお知らせください：{contact}",
  copy: "コピー",
  copied: "コピーしました",
  granted: "許可：{list}",
  nothing: "何も許可されていません",
  waiting: "未送信です。送信を続けて試みます",
  receipt: "受領証",
  erase: "自分の記録を消去",
  eraseSure: "選択とその受領証は完全に消去され、許可したものはすべて終了します。",
  eraseNot: "残す",
  eraseNow: "完全に消去",
  erased: "記録を消去しました。",
  eraseFailed: "現在、何も消去できませんでした。お問い合わせ先：{contact}",
  leftBehind:
    "{list} を削除できませんでした。ブラウザーの設定のサイトデータから、ご本人だけが削除できます。",
  unrecorded:
    "お客様の選択はこのブラウザーにのみ保存されます。サイトは記録を残さないため、受領書はありません。",
  saved: "選択を保存しました。",

  comma: "、",
};

export default ja;
