/** One thing that the project promises. Pure data: tests cite the id in their title, `[SHOP-IMPORT-03]`. */
export interface Requirement {
  /** `AREA-TOPIC-NN`; never used again for something else. */
  id: string
  /**
   * Where it comes from: a file or folder of the repository, with `#section` if it is a page; `standard: NAME, section`; or `https://…`. Several
   * are separated by `; `.
   */
  source: string
  /** What holds, so that a test can prove or refute it. */
  behaviour: string
  /** Not proven by a test yet. A test that cites an open one fails the gate, so that whoever proves it closes it. */
  status?: 'open'
}
