import { look, loadFont } from './look.js'
import { Motion } from './motion.js'

/** @typedef {import('ograf').GraphicsAPI.Graphic} Graphic */
/** @typedef {Parameters<Graphic['setActionsSchedule']>[0]['schedule'][number]} ScheduledAction */

const stageWidth = 1920
const shadowLook = () => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(look)
  return sheet
}
let sharedSheet = /** @type {CSSStyleSheet | null} */ (null)

/**
 * An OGraf graphic (EBU OGraf 1): what all of ours do alike. A graphic of ours names its markup and style and puts data
 * into them in `show`. Nothing is painted before the first `playAction`. Steps count from 0; playing past the
 * last one is a stop, as the specification says.
 * @implements {Graphic}
 */
export class AirGraphic extends HTMLElement {
  static stepCount = 1
  /** The field of the data without which there is nothing to show: then nothing is painted, on air as well. */
  static needs = ''
  /** Fixed HTML of the stage; no data ever goes into it. */
  static markup = ''
  static style = ''

  motion = new Motion()
  /** Step that is on air; undefined while nothing is. */
  currentStep = /** @type {number | undefined} */ (undefined)
  #data = /** @type {unknown} */ (undefined)
  #firstData = /** @type {unknown} */ (undefined)
  #schedule = /** @type {ScheduledAction[]} */ ([])
  #isRealTime = true
  /** Counts plays and stops, so that one that was overtaken ends nothing. */
  #turn = 0

  /**
   * Puts data on the stage. `before` is what it shows now; null at first.
   * @param {any} _data @param {any} _before @returns {void}
   */
  show(_data, _before) {}

  /** Another step comes on. @param {number} _step @returns {void} */
  showStep(_step) {}

  /** A custom action; false where there is none of that id. @param {string} _id @param {any} _payload @returns {boolean} */
  act(_id, _payload) {
    return false
  }

  /** @param {Parameters<Graphic['load']>[0]} params */
  async load({ data, renderType, renderCharacteristics }) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    sharedSheet ??= shadowLook()
    const own = new CSSStyleSheet()
    own.replaceSync(this.#kind.style)
    root.adoptedStyleSheets = [sharedSheet, own]
    const width = renderCharacteristics?.resolution?.width ?? stageWidth
    this.style.setProperty('--scale', String(width / stageWidth))
    this.#isRealTime = renderType !== 'non-realtime'
    this.#firstData = data
    this.#build()
    await loadFont()
    return { statusCode: 200 }
  }

  async dispose() {
    this.motion.cancel()
    this.shadowRoot?.replaceChildren()
    this.currentStep = undefined
    return { statusCode: 200 }
  }

  /** @param {Parameters<Graphic['updateAction']>[0]} params */
  async updateAction({ data, skipAnimation }) {
    // A field that is not sent keeps its value.
    const next = { .../** @type {object} */ (this.#data), .../** @type {object} */ (data) }
    this.motion.isSkipping = skipAnimation === true || this.currentStep === undefined
    this.#put(next, this.#data)
    this.#data = next
    await this.motion.settled()
    return { statusCode: 200 }
  }

  /** @param {Parameters<Graphic['playAction']>[0]} params */
  async playAction({ delta = 1, goto, skipAnimation } = {}) {
    const target = goto ?? (this.currentStep ?? -1) + delta
    if (target >= this.#kind.stepCount) {
      await this.stopAction(skipAnimation === undefined ? {} : { skipAnimation })
      return /** @type {any} */ ({ statusCode: 200, currentStep: undefined })
    }
    const step = Math.max(0, target)
    const isNew = this.currentStep === undefined
    this.currentStep = step
    this.#turn++
    this.motion.isSkipping = isNew || skipAnimation === true
    this.showStep(step)
    this.motion.isSkipping = skipAnimation === true
    if (isNew) this.#enter()
    await this.motion.settled()
    return { statusCode: 200, currentStep: step }
  }

  /** @param {Parameters<Graphic['stopAction']>[0]} params */
  async stopAction({ skipAnimation } = {}) {
    const turn = ++this.#turn
    this.currentStep = undefined
    this.motion.isSkipping = skipAnimation === true
    this.motion.to(this.stage, { opacity: '0' }, { durationMs: 260, easing: 'ease-in' })
    for (const part of this.#movingParts) {
      this.motion.to(part, { transform: away(part, 0.4) }, { durationMs: 260, easing: 'ease-in' })
    }
    await this.motion.settled()
    if (this.#isRealTime && turn === this.#turn) this.stage.hidden = true
    return { statusCode: 200 }
  }

  /** @param {Parameters<Graphic['customAction']>[0]} params */
  async customAction({ id, payload, skipAnimation }) {
    this.motion.isSkipping = skipAnimation === true || this.currentStep === undefined
    if (!this.act(id, payload)) return { statusCode: 400, statusMessage: `There is no action "${id}".` }
    await this.motion.settled()
    return { statusCode: 200 }
  }

  /** @param {Parameters<Graphic['setActionsSchedule']>[0]} params */
  async setActionsSchedule({ schedule }) {
    this.#schedule = schedule.toSorted((a, b) => a.timestamp - b.timestamp)
    return undefined
  }

  /**
   * The picture at a time, whatever was shown before: from the first data on, all actions up to it are taken again.
   * @param {Parameters<Graphic['goToTime']>[0]} params
   */
  async goToTime({ timestamp }) {
    this.#build()
    for (const { timestamp: atMs, action } of this.#schedule) {
      if (atMs > timestamp) break
      this.motion.at(atMs)
      if (action.type === 'updateAction') await this.updateAction(action.params)
      else if (action.type === 'playAction') await this.playAction(action.params)
      else if (action.type === 'stopAction') await this.stopAction(action.params)
      else await this.customAction(action.params)
    }
    this.motion.seek(timestamp)
    return { statusCode: 200 }
  }

  /** @returns {HTMLElement} */
  get stage() {
    return this.find('stage')
  }

  /** The element of the markup that has this class. @param {string} name @returns {HTMLElement} */
  find(name) {
    const found = this.shadowRoot?.querySelector(`.${name}`)
    if (!(found instanceof HTMLElement)) throw new Error(`The graphic's markup has no element "${name}".`)
    return found
  }

  /**
   * Text that changes. A figure rolls from the old to the new one, both of them as they were sent, never one between.
   * @param {HTMLElement} element @param {string} text
   */
  setText(element, text, { isRolling = false } = {}) {
    const current = element.querySelector(':scope > .new') ?? element
    if (current.textContent === text) return
    if (!isRolling || this.motion.isSkipping || current.textContent === '') {
      element.replaceChildren(span('new', text))
      return
    }
    const [old, fresh] = [span('old', current.textContent ?? ''), span('new', text)]
    element.classList.add('roll')
    element.replaceChildren(old, fresh)
    this.motion.set(old, { opacity: '1', transform: 'none' })
    this.motion.to(old, { opacity: '0', transform: 'translateY(-45%)' }, { durationMs: 240 })
    this.motion.set(fresh, { opacity: '0', transform: 'translateY(45%)' })
    this.motion.to(fresh, { opacity: '1', transform: 'none' }, { durationMs: 240 })
  }

  #build() {
    this.motion.cancel()
    this.motion = new Motion()
    if (!this.#isRealTime) this.motion.at(0)
    this.motion.isSkipping = true
    this.currentStep = undefined
    const stage = document.createElement('div')
    stage.className = 'stage'
    stage.innerHTML = this.#kind.markup
    stage.style.transform = 'scale(var(--scale, 1))'
    stage.style.opacity = '0'
    stage.hidden = true
    this.shadowRoot?.replaceChildren(stage)
    this.#put(this.#firstData ?? {}, null)
    this.#data = this.#firstData ?? {}
  }

  /** @param {any} data @param {unknown} before */
  #put(data, before) {
    const needed = data[this.#kind.needs]
    this.stage.style.visibility = isBlank(needed) ? 'hidden' : 'visible'
    this.show(data, before)
  }

  #enter() {
    this.stage.hidden = false
    this.motion.to(this.stage, { opacity: '1' }, { durationMs: 200, easing: 'linear' })
    this.#movingParts.forEach((part, index) => {
      this.motion.set(part, { transform: away(part, 1), opacity: '0' })
      this.motion.to(
        part,
        { transform: 'none', opacity: '1' },
        { durationMs: 520, delayMs: Math.min(index, 12) * 40 },
      )
    })
  }

  /** @returns {HTMLElement[]} */
  get #movingParts() {
    return [...this.stage.querySelectorAll('[data-in]')].filter((part) => part instanceof HTMLElement)
  }

  get #kind() {
    return /** @type {typeof AirGraphic} */ (this.constructor)
  }
}

/** @param {unknown} value */
function isBlank(value) {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Where a part comes from and leaves to. @param {HTMLElement} part @param {number} share */
function away(part, share) {
  const from = part.dataset['in']
  if (from === 'left') return `translateX(${-48 * share}px)`
  if (from === 'right') return `translateX(${48 * share}px)`
  return from === 'down' ? `translateY(${-40 * share}px)` : `translateY(${40 * share}px)`
}

/** @param {string} name @param {string} text */
export function span(name, text) {
  const made = document.createElement('span')
  made.className = name
  made.textContent = text
  return made
}
