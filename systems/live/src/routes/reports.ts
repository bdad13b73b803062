import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError, RawResponse, route } from '@heavylift/core'
import type { Route } from '@heavylift/core'
import { z } from 'zod'
import { weightsDir } from '../learn/weights-dir.ts'

const ending = '.report.md'

/** Reports of the training runs behind the committed weights. */
export function reportRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/reports',
      summary: 'Training reports of the models: data, split, figures with intervals.',
      access: 'operator',
      async handle() {
        const files = await readdir(weightsDir)
        const names = files
          .filter((file) => file.endsWith(ending))
          .map((file) => file.slice(0, -ending.length))
        return {
          reports: await Promise.all(
            names.toSorted().map(async (name) => {
              const text = await readFile(join(weightsDir, name + ending), 'utf8')
              return {
                name,
                title: /^# (.+)$/m.exec(text)?.[1] ?? name,
                text,
                picture: files.includes(`${name}.svg`) ? `/api/live/reports/${name}/picture` : null,
              }
            }),
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
