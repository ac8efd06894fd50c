/**
 * Yandex.Metrika by Yandex's own tag.
 * Options: https://yandex.com/support/metrica/code/counter-initialize.html
 */
interface Ym {
  (counter: number, method: string, options?: object): void;
  /** Commands queued until the tag has loaded. */
  a?: unknown[];
  /** When the stub was made. */
  l?: number;
}

declare global {
  interface Window {
    ym?: Ym;
    [disabled: `disableYaCounter${number}`]: boolean;
  }
}

SOGLAS_PARTS.metrika = (_config, load) => {
  let loaded = false;
  return {
    start({ counter, src, webvisor, clickmap }, { url, referrer }) {
      window[`disableYaCounter${counter}`] = false;
      if (!window.ym) {
        const stub: Ym = function () {
          (stub.a ??= []).push(arguments);
        };
        stub.l = Date.now();
        window.ym = stub;
      }
      load(src).addEventListener("load", () => {
        loaded = true;
      });
      // Said either way: Metrika's own default for the click map is on.
      const recorded = !url;
      window.ym(counter, "init", {
        accurateTrackBounce: true,
        trackLinks: recorded,
        sendTitle: recorded,
        clickmap: recorded && !!clickmap,
        webvisor: recorded && !!webvisor,
        ...(url && { url }),
        ...(referrer && { referrer }),
      });
    },
    // The switch is read before init only, and `destruct` promises nothing about hits kept for later.
    stop({ counter }) {
      window[`disableYaCounter${counter}`] = true;
      window.ym?.(counter, "destruct");
      return loaded;
    },
  };
};
