/**
 * @typedef {object} Moment
 * @property {number} fromMs Where it is in the recap.
 * @property {number} toMs
 * @property {string} text
 */

/** @type {typeof import('hls.js').default} */
const Hls = /** @type {any} */ (globalThis).Hls

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const video = /** @type {HTMLVideoElement} */ (document.querySelector('video'))
const toLive = /** @type {HTMLButtonElement} */ (part('to-live'))

/** @param {string} text */
function tellProblem(text) {
  part('problem').textContent = text
  part('state').textContent = ''
}

/** The key that the console keeps for this browser session, where the server asks for one. */
function storedKey() {
  try {
    return sessionStorage.getItem('heavylift.key')
  } catch {
    return null
  }
}

/** @param {Moment[]} moments @param {number} durationMs @returns {HTMLButtonElement[]} */
function markMoments(moments, durationMs) {
  const captions = video.addTextTrack('captions', 'What happens', 'en')
  captions.mode = 'showing'
  return moments.map(({ fromMs, toMs, text }) => {
    captions.addCue(new VTTCue(fromMs / 1000, toMs / 1000, text))
    const mark = document.createElement('button')
    mark.type = 'button'
    mark.title = text
    mark.setAttribute('aria-label', text)
    mark.style.left = `${(100 * fromMs) / durationMs}%`
    mark.style.width = `${(100 * Math.max(0, toMs - fromMs)) / durationMs}%`
    mark.addEventListener('click', () => {
      video.currentTime = fromMs / 1000
    })
    part('bar').append(mark)
    return mark
  })
}

async function watch() {
  const query = new URL(location.href).searchParams
  const match = query.get('match') ?? ''
  if (match === '') throw new Error('The address needs ?match=… with the id of a match.')
  const key = storedKey()
  const api = `/api/live/matches/${encodeURIComponent(match)}`
  const seconds = query.get('seconds') ?? '120'
  const answer = await fetch(`${api}/recap?${new URLSearchParams({ seconds }).toString()}`, {
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  })
  const recap = await answer.json()
  if (!answer.ok) throw new Error(recap.error?.message ?? `The server answered ${answer.status}.`)
  if (recap.plan === null) throw new Error('This match has no video yet.')
  /** @type {{ moments: Moment[], durationMs: number, plan: string }} */
  const { moments, durationMs, plan } = recap
  const marks = markMoments(moments, durationMs)

  const hls = new Hls({
    xhrSetup(request, url) {
      if (key !== null && new URL(url, location.href).origin === location.origin)
        request.setRequestHeader('authorization', `Bearer ${key}`)
    },
  })
  hls.on(Hls.Events.ERROR, (_, { fatal, details }) => {
    if (fatal) tellProblem(`The video stopped (${details}). Load the page again.`)
  })
  hls.loadSource(`${api}/live-with-recap.m3u8?${new URLSearchParams({ plan }).toString()}`)
  hls.attachMedia(video)
  video.addEventListener('canplay', () => void video.play().catch(() => undefined), { once: true })

  video.addEventListener('timeupdate', () => {
    const atMs = video.currentTime * 1000
    const isRecap = atMs < durationMs
    part('played').style.width = `${Math.min(100, (100 * atMs) / durationMs)}%`
    for (const [at, mark] of marks.entries()) {
      const moment = moments[at]
      mark.ariaCurrent = moment && atMs >= moment.fromMs && atMs < moment.toMs ? 'true' : null
    }
    const edge = hls.liveSyncPosition
    toLive.disabled = edge === null
    const behind = Math.max(0, Math.round(hls.latency))
    part('state').textContent = isRecap
      ? `Recap: ${Math.ceil((durationMs - atMs) / 1000)} s to now`
      : `Live, ${behind} s behind`
  })
  toLive.addEventListener('click', () => {
    if (hls.liveSyncPosition !== null) video.currentTime = Math.max(hls.liveSyncPosition, durationMs / 1000)
  })
}

watch().catch((/** @type {unknown} */ error) => {
  tellProblem(error instanceof Error ? error.message : String(error))
})
