import { HeavyliftAssistant, useScriptSettings } from './element.ts'

// The script that is running now is the one that a store pasted in; it says where the server is and which key to use.
const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  const { origin } = new URL(script.src, document.baseURI)
  useScriptSettings({
    server: script.dataset['server'] ?? (origin === location.origin ? '' : origin),
    key: script.dataset['key'] ?? null,
  })
}
if (!customElements.get('heavylift-assistant'))
  customElements.define('heavylift-assistant', HeavyliftAssistant)
