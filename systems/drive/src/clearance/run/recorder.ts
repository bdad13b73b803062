import type { Driver } from '../../driver/driver.ts'
import type { ReferencePath } from '../../world/lanes/reference-path.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { CriterionFailure } from './criterion.ts'

/** Is told of a run while it goes. */
export interface Recorder {
  begin(scene: Scene, route: ReferencePath): void
  /** After the driver has decided, before anything moves. */
  frame(scene: Scene, driver: Driver | null): void
  end(failures: CriterionFailure[]): void
}
