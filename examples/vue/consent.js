import { onScopeDispose, readonly, shallowRef } from "vue";
import { has, onConsent } from "soglas/client";

/**
 * Whether a purpose or service is granted, now and after every decision.
 * @param {string} id
 */
export function useConsent(id) {
  const granted = shallowRef(has(id));
  onScopeDispose(onConsent(() => (granted.value = has(id))));
  return readonly(granted);
}
