import type { Strings } from "./strings.ts";

const zh: Strings = {
  title: "您的数据，由您选择",
  points: "这对您意味着什么",
  collected: "收集哪些信息",
  why: "用于什么目的",
  recipients: "由谁接收",
  abroad: "传往何处",
  retention: "保存多久",
  rights: "您的权利",

  accept: "全部同意",
  refuse: "全部拒绝",
  choose: "选择",
  save: "保存选择",
  withdraw: "全部撤回",
  close: "关闭且不作更改",
  show: "允许并显示",

  policy: "隐私政策",
  consent: "同意书",
  byAccepting: "点击“{accept}”即表示您[同意处理个人信息]。",
  bySaving: "点击“{accept}”，或在有任何一项开启时点击“{save}”，即表示您[同意处理个人信息]。",

  reopen: "隐私选择",
  preferences: "您允许哪些处理？",
  alwaysOn: "始终开启",
  partly: "部分开启",
  services: "服务：{n}",
  recipient: "接收方：[{name}]，{country}。",
  crossBorder: "您的信息会传输至境外。",
  stores: "保存在您的浏览器中：{n}",
  session: "直至关闭浏览器",
  byUs: "{life}，您撤回同意后由我们删除",
  byYou: "{life}，只有您能在浏览器设置中删除",

  mine: "我的选择",
  consentId: "同意编号：",
  consentIdUse: "查询您的信息时请提供此编号：{contact}",
  copy: "复制",
  copied: "已复制",
  granted: "已允许：{list}",
  nothing: "未允许任何项目",
  waiting: "尚未发送，我们会继续尝试",
  receipt: "回执",
  erase: "删除我的记录",
  eraseSure: "您的选择及其回执将永久删除，您允许的一切也将终止。",
  eraseNot: "保留",
  eraseNow: "永久删除",
  erased: "您的记录已删除。",
  eraseFailed: "目前未能删除任何内容。请咨询：{contact}",
  leftBehind: "我们无法删除 {list}。只有您能在浏览器设置的网站数据中删除。",
  saved: "您的选择已保存。",

  comma: "、",
};

export default zh;
