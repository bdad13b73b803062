import { Button, TextInput } from '@mantine/core'
import {
  Card,
  Cards,
  Chip,
  Empty,
  ErrorState,
  Loaded,
  Page,
  Panel,
  formatAgo,
  formatCount,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { CoveragePicture, loadMap } from '../studio/coverage-map.tsx'

const key = ['spec', 'repositories']

/** Repositories that are open, and a field that opens another. */
export default function Repositories() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [folder, setFolder] = useState('')
  const listed = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/repositories', { signal }),
    // The samples are made in the background on the first start.
    refetchInterval: (query) => (query.state.data?.repositories.length === 0 ? 2000 : false),
  })
  const opening = useMutation({
    mutationFn: () => api.post('/repositories', { body: { folder: folder.trim() } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: key })
      await navigate({ to: `/spec/studio/${id}` as '/' })
    },
  })
  const sampling = useMutation({
    mutationFn: () => api.post('/repositories/samples'),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  return (
    <Page
      title="Repositories"
      lead="What the code of a repository does, as a spec: each sentence stands on lines of code, and where the two part, it says so."
    >
      <Panel title="Open a repository" note="a folder on the machine of this server; nothing in it is run">
        <form
          className="hl-row"
          style={{ alignItems: 'flex-end' }}
          onSubmit={(event) => {
            event.preventDefault()
            opening.mutate()
          }}
        >
          <TextInput
            label="Folder"
            placeholder="/home/you/service"
            style={{ flex: '1 1 280px' }}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
          />
          <Button type="submit" loading={opening.isPending} disabled={folder.trim() === ''}>
            Open
          </Button>
        </form>
        {opening.isError ? <ErrorState error={opening.error} /> : null}
      </Panel>
      {sampling.isError ? <ErrorState error={sampling.error} /> : null}
      <Loaded of={listed} what="Loading repositories">
        {({ repositories }) =>
          repositories.length === 0 ? (
            <Empty
              title="No repository is open"
              action={
                <Button variant="default" loading={sampling.isPending} onClick={() => sampling.mutate()}>
                  Open two sample services
                </Button>
              }
            >
              Give a folder above, or run <code>npx heavylift spec extract PATH</code>.
            </Empty>
          ) : (
            <Cards label="Repositories" minPx={320}>
              {repositories.map(({ id, name, isSample, summary, readAtMs }, at) => (
                <Card
                  key={id}
                  title={name}
                  to={`/spec/studio/${id}`}
                  foot={
                    <>
                      {summary.drifts > 0 ? (
                        <Chip tone="warn">
                          {summary.drifts === 1 ? '1 drift' : `${formatCount(summary.drifts)} drifts`}
                        </Chip>
                      ) : (
                        <Chip tone="good">no drift</Chip>
                      )}
                      {isSample ? <Chip>sample</Chip> : null}
                      <span>{formatAgo(readAtMs, Date.now())}</span>
                    </>
                  }
                >
                  {at < mostPictures ? <SmallMap id={id} name={name} /> : null}
                  {[
                    counted(summary.operations, 'operation'),
                    counted(summary.requirements, 'requirement'),
                    counted(summary.questions, 'open question'),
                    `${formatCount(summary.lines)} lines`,
                    summary.frameworks.join(', ') || 'no framework that routes requests',
                  ].join(' · ')}
                </Card>
              ))}
            </Cards>
          )
        }
      </Loaded>
    </Page>
  )
}

/** A repository that was opened long ago is read anew for its map: not for a page full of them. */
const mostPictures = 6

function SmallMap({ id, name }: { id: string; name: string }) {
  const map = useQuery({ queryKey: ['spec', id, 'map'], queryFn: ({ signal }) => loadMap(id, signal) })
  return (
    <div style={{ aspectRatio: '1000 / 260', marginBottom: 8 }}>
      {map.data ? (
        <CoveragePicture
          files={map.data.files}
          height={260}
          label={`Sources of ${name}: a field a file, the darker the more of it is in the spec`}
        />
      ) : null}
    </div>
  )
}

const counted = (n: number, what: string) => `${formatCount(n)} ${what}${n === 1 ? '' : 's'}`
