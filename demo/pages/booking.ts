/** Online booking: the page where, after consent, the vendors' own scripts run. */
import { html } from "hono/html";
import { services } from "./content.ts";
import type { Page } from "./layout.ts";
import type { View } from "./site.ts";

/** The form is answered in the page and sent nowhere; its goal goes to `ym` and `gtag` if they are there. */
export function booking(view: View): Page {
  const { t, site } = view;
  return {
    title: { ru: "Онлайн-запись", en: "Online booking" },
    measurement: "tag",
    scripts: ["booking.js"],
    main: html`<h1>${t({ ru: "Онлайн-запись", en: "Online booking" })}</h1>
      <p class="lead">
        ${t({
          ru: "Форма ничего не отправляет: это демонстрация. Нажатие кнопки — цель «appointment».",
          en: "This form sends nothing: it is a demonstration. Pressing the button is the goal “appointment”.",
        })}
      </p>
      <form
        class="booking"
        data-goal="appointment"
        data-counter="${site.counter}"
        data-measurement-id="${site.measurementId ?? ""}"
      >
        <label
          >${t({ ru: "Услуга", en: "Service" })}
          <select name="service">
            ${services.map((service) => html`<option value="${service.id}">${t(service.title)}</option>`)}
          </select></label
        >
        <label
          >${t({ ru: "День", en: "Day" })}
          <select name="day">
            <option>${t({ ru: "Завтра", en: "Tomorrow" })}</option>
            <option>${t({ ru: "На этой неделе", en: "This week" })}</option>
            <option>${t({ ru: "На следующей неделе", en: "Next week" })}</option>
          </select></label
        >
        <label
          >${t({ ru: "Как вас зовут", en: "Your name" })}
          <input name="name" autocomplete="name" placeholder="${t({ ru: "Имя", en: "Name" })}"
        /></label>
        <button class="button" type="submit">${t({ ru: "Записаться", en: "Book" })}</button>
        <p
          class="done"
          role="status"
          data-done="${t({
            ru: "Спасибо! Место за вами (понарошку).",
            en: "Thank you! The place is yours (not really).",
          })}"
        ></p>
      </form>`,
  };
}
