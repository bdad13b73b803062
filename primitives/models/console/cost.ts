import { format } from '@heavylift/ui'

/** What was paid; a price that nobody knows is said, since it is not nothing. */
export function costText(costMicros: number, isPriced: boolean): string {
  return isPriced ? format.formatCost(costMicros) : 'price unknown'
}
