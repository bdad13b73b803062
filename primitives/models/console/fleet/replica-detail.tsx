import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Loaded, Panel, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { LaneHead, ReplicaLane } from '../overview/lanes.tsx'

/** The replica that was chosen: its lane, as on the overview, and what its engine says of itself. */
export function ReplicaDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const replica = useQuery({
    queryKey: ['models', 'replica', id],
    refetchInterval: 1_000,
    queryFn: ({ signal }) => api.get('/replicas/:replicaId', { params: { replicaId: id }, signal }),
  })
  return (
    <Panel
      title="Chosen replica"
      note="each mark is one call, placed by its age"
      actions={
        <Button size="compact-sm" variant="default" onClick={onClose}>
          Close
        </Button>
      }
      flush
    >
      <Loaded of={replica} what="Asking for the replica" lines={2}>
        {({ replica: found, calls }) => (
          <div className="models-lanes">
            <LaneHead />
            <ul aria-label="Chosen replica">
              <ReplicaLane replica={found} nowMs={replica.dataUpdatedAt} calls={calls} />
            </ul>
            <p className="models-heat-note hl-fine">
              {found.zone === null ? '' : `Zone ${found.zone}. `}
              Served as {found.servedAs.join(', ')}.{' '}
              {found.engine === null
                ? 'Its own metrics are not known.'
                : `Its engine says: ${format.formatCount(found.engine.running)} running, ${format.formatCount(found.engine.waiting)} waiting${
                    found.engine.kvUse === null
                      ? ''
                      : `, ${format.formatPercent(found.engine.kvUse)} of its memory for keys and values in use`
                  }.`}
            </p>
          </div>
        )}
      </Loaded>
    </Panel>
  )
}
