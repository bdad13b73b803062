import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import { insightKinds } from '../insights/kinds.ts'
import { committedModel, weightsDir } from '../learn/weights-dir.ts'
import { trainingReportSchema } from './answers.ts'
import type { TrainingReport } from './answers.ts'

const ending = '.report.md'
/** Models whose words are alerts. */
const alerting = new Set(insightKinds.flatMap(({ air }) => ('floorOf' in air ? air.floorOf : [])))

/** Reports of the training runs behind the committed weights. */
export function reportRoutes() {
  return [
    route({
      method: 'get',
      path: '/reports',
      summary: 'Training reports of the models: figures with intervals and goals, and the whole text.',
      access: 'operator',
      response: z.object({ reports: z.array(trainingReportSchema) }),
      async handle() {
        const files = await readdir(weightsDir)
        const names = files
          .filter((file) => file.endsWith(ending))
          .map((file) => file.slice(0, -ending.length))
        return {
          reports: await Promise.all(
            names.toSorted().map(async (name) => ({
              name,
              ...readReport(await readFile(join(weightsDir, name + ending), 'utf8')),
              picture: files.includes(`${name}.svg`) ? `/api/live/reports/${name}/picture` : null,
              floor: alerting.has(name) ? committedModel(name).floorFor(null) : null,
            })),
          ),
        }
      },
    }),
    route({
      method: 'get',
      path: '/reports/:name/picture',
      summary: 'Reliability of a model on games it has not seen, as SVG.',
      access: 'operator',
      params: z.object({ name: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
      media: ['image/svg+xml'],
      async handle({ params }) {
        const picture = await readFile(join(weightsDir, `${params.name}.svg`), 'utf8').catch(() => null)
        if (picture === null)
          throw new NotFoundError({
            code: 'report-not-found',
            message: `There is no picture of "${params.name}". GET /api/live/reports lists the reports.`,
          })
        return new RawResponse(picture, { 'content-type': 'image/svg+xml' })
      },
    }),
  ]
}

/** A report's title, first paragraph and table of figures; all else stays in `text`. */
export function readReport(text: string): Omit<TrainingReport, 'name' | 'picture' | 'floor'> {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('| metric '))
  const rows = first < 0 ? [] : lines.slice(first + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return {
    title: /^# (.+)$/m.exec(text)?.[1] ?? '',
    lead: lines.find((line, index) => index > 0 && line !== '' && !line.startsWith('#')) ?? '',
    metrics: rows.slice(0, end < 0 ? rows.length : end).map((row) => {
      const [metric = '', value = '', interval = '', goal = ''] = row
        .slice(1)
        .split('|')
        .map((cell) => cell.trim())
      return { metric, value, interval, goal }
    }),
    text,
  }
}
