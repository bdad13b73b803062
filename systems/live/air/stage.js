/** @typedef {import('ograf').GraphicsAPI.Graphic & HTMLElement} GraphicElement */
/** @typedef {{ element: GraphicElement, ready: Promise<unknown> }} Instance */

/**
 * Where graphics stand: loads one as an OGraf renderer does when it is first taken, and sends its actions in the order
 * in which they were asked for. An action does not wait for the movement of the one before.
 * @param {HTMLElement} root @param {(id: string) => string} manifestUrlOf
 */
export function createStage(root, manifestUrlOf) {
  const instances = /** @type {Map<string, Instance>} */ (new Map())

  /** @param {string} id @param {unknown} data */
  async function open(id, data) {
    const manifestUrl = manifestUrlOf(id)
    const manifest = await (await fetch(manifestUrl)).json()
    const tag = `air-${id}`
    if (!customElements.get(tag)) {
      const module = await import(new URL(manifest.main, new URL(manifestUrl, document.baseURI)).href)
      if (!customElements.get(tag)) customElements.define(tag, module.default)
    }
    const element = /** @type {GraphicElement} */ (document.createElement(tag))
    root.append(element)
    const { innerWidth: width, innerHeight: height } = globalThis
    await element.load({
      data,
      renderType: 'realtime',
      renderCharacteristics: { resolution: { width, height } },
    })
    return element
  }

  /** @param {string} id @param {unknown} data */
  function instance(id, data) {
    let found = instances.get(id)
    if (found === undefined) {
      const opening = open(id, data)
      found = { element: /** @type {GraphicElement} */ (/** @type {unknown} */ (null)), ready: opening }
      const made = found
      void opening.then(
        (element) => (made.element = element),
        () => instances.delete(id),
      )
      instances.set(id, found)
    }
    return found
  }

  /** @param {Instance} instance @param {(element: GraphicElement) => unknown} act */
  function then({ ready }, act) {
    return ready.then((element) => act(/** @type {GraphicElement} */ (element)))
  }

  return {
    /** Plays a graphic in with data, at a step. @param {string} id @param {unknown} data @param {number} [step] */
    take(id, data, step = 0) {
      return then(instance(id, data), (element) => {
        void element.updateAction({ data, skipAnimation: true })
        void element.playAction({ goto: step })
      })
    },
    /** @param {string} id @param {unknown} data */
    update(id, data) {
      const found = instances.get(id)
      return found && then(found, (element) => void element.updateAction({ data }))
    },
    /** @param {string} id @param {number} step */
    step(id, step) {
      const found = instances.get(id)
      return found && then(found, (element) => void element.playAction({ goto: step }))
    },
    /** @param {string} id */
    clear(id) {
      const found = instances.get(id)
      return found && then(found, (element) => void element.stopAction({}))
    },
  }
}
