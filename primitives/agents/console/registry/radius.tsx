import { plural } from '@heavylift/core/text'
import { Loaded, Page, Panel, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { api } from '../api.ts'
import type { EdgeKind } from '../../src/registry/registry-tables.ts'
import { RadiusPicture } from './radius-picture.tsx'
import { StopButton } from './stop-dialog.tsx'

/** Who breaks when a tool, data, a credential or a model changes. */
export default function RadiusPage() {
  const { kind } = useParams({ strict: false }) as { kind: EdgeKind }
  const { name = '' } = useSearch({ strict: false }) as { name?: string }
  return (
    <Page
      title={name}
      lead={`Which agents break when this ${kind} changes, through all that call them.`}
      actions={
        kind === 'tool' || kind === 'credential' ? (
          <StopButton what={`this ${kind}`} body={{ targets: [{ kind, name }] }} />
        ) : null
      }
    >
      <RadiusPanel kind={kind} name={name} />
    </Page>
  )
}

export function RadiusPanel({ kind, name }: { kind: EdgeKind; name: string }) {
  const radius = useQuery({
    queryKey: ['agents', 'radius', kind, name],
    queryFn: ({ signal }) => api.get('/registry/blast-radius', { query: { kind, name, most: 120 }, signal }),
  })
  const counts = radius.data?.counts
  const touched = Object.entries(counts?.touches ?? {}).filter(([, count]) => count > 0)
  return (
    <Panel
      title="Blast radius"
      note={
        counts
          ? [
              ...touched.map(([what, count]) => `${formatCount(count)} ${what}`),
              `${plural(counts.broken, 'agent')} of ${plural(counts.teams, 'team')} can break with it`,
            ].join(' · ')
          : null
      }
    >
      <Loaded of={radius} what="Following what calls what" lines={6}>
        {(found) => <RadiusPicture radius={found} />}
      </Loaded>
    </Panel>
  )
}
