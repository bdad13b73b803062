import type { CommandInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { writeFilm } from '../film/film.ts'

/** `heavylift robots film FILE`: a short film of a closed aisle and an emergency stop. */
export async function runFilm({ args, options, print, report, signal }: CommandInput) {
  const path = args['file'] ?? ''
  if (!/\.(webm|mp4)$/.test(path))
    throw new InvalidInputError({ code: 'film-name', message: 'The film is FILE.mp4 or FILE.webm.' })
  const number = (name: string, otherwise: number, least: number, most: number): number => {
    const value = Number(options[name] ?? otherwise)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `--${name} is a whole number from ${least} to ${most}.`,
      })
    return value
  }
  const steps = number('steps', 160, 20, 2000)
  const framesAStep = 6
  const film = {
    rows: number('rows', 46, 24, 200),
    columns: number('columns', 80, 24, 300),
    robots: number('robots', 400, 1, 5000),
    steps,
    framesAStep,
    cellPx: 12,
    seed: String(options['seed'] ?? 'film'),
  }
  const written = await writeFilm(path, film, {
    tell: (step, what) => print(`${((step * framesAStep) / 30).toFixed(1).padStart(6)} s  ${what}`),
    report: (done) => report({ stage: 'filming', done, total: steps * framesAStep, unit: 'frames' }),
    signal,
  })
  print(`${path}: ${written.frames} frames of ${written.width} × ${written.height}.`)
  return { path, ...written }
}
