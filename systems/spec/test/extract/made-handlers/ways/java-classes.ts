import { file, spring } from './java-files.ts'
import type { Ways } from '../steps.ts'

/** Classes, what they are made with, and what stands above them. */
export const javaClasses: Ways = {
  help: `
  private final BarnService service;
  public Barn(BarnService service) {
    this.service = service;
  }
`,
  files: {
    ...file('Store', 'public interface Store {\n  Optional<String> find(String x, String key);\n}\n', spring),
    ...file(
      'MemoryStore',
      `@Repository
public class MemoryStore implements Store {
  @Override
  public Optional<String> find(String x, String key) {
    return key.equals(x) ? Optional.of(x) : Optional.empty();
  }
}
`,
      spring,
    ),
    ...file(
      'BarnService',
      `@Service
public class BarnService {
  private final Store store;
  public BarnService(Store store) {
    this.store = store;
  }
  public String get(String x, String y, int missing, int unknown) {
    if (x == null) throw new Refusal(missing);
    return store.find(x, y).orElseThrow(() -> new Refusal(unknown));
  }
  public Optional<String> find(String x, String y) {
    return store.find(x, y);
  }
  public int faultOf(String x, String z, String y, int first, int second) {
    if (y.equals(x)) return first;
    return y.equals(z) ? second : 0;
  }
}
`,
      spring,
    ),
    ...file(
      'Refusal',
      `public class Refusal extends RuntimeException {
  private final int status;
  public Refusal(int status) {
    super("refused");
    this.status = status;
  }
  public int getStatus() {
    return status;
  }
}
`,
    ),
    ...file(
      'Check',
      `public abstract class Check {
  protected final int status;
  protected Check(int status) {
    this.status = status;
  }
  protected abstract boolean isWrong(String x, String z);
  public final void run(String x, String z) {
    if (isWrong(x, z)) throw new Refusal(status);
  }
}
`,
    ),
    ...file(
      'BothCheck',
      `public class BothCheck extends Check {
  private final String wrong;
  public BothCheck(String wrong, int status) {
    super(status);
    this.wrong = wrong;
  }
  @Override
  protected boolean isWrong(String x, String z) {
    return z != null && wrong.equals(x);
  }
}
`,
    ),
    ...file(
      'AmongCheck',
      `public class AmongCheck extends Check {
  static final Set<String> KNOWN = Set.of("x", "y");
  public AmongCheck(int status) {
    super(status);
  }
  @Override
  protected boolean isWrong(String x, String z) {
    return x == null || !KNOWN.contains(x);
  }
}
`,
      spring,
    ),
    ...file(
      'Rules',
      `public class Rules {
  private final String wrong;
  private final int status;
  private Rules(String wrong, int status) {
    this.wrong = wrong;
    this.status = status;
  }
  public static Rules of(String wrong, int status) {
    return new Rules(wrong, status);
  }
  public boolean refuses(String x) {
    return wrong.equals(x);
  }
  public String check(String x) {
    if (refuses(x)) throw new Refusal(status);
    return x;
  }
}
`,
    ),
    ...file(
      'Kind',
      `public enum Kind {
  X("x"), Y("y");
  private final String text;
  Kind(String text) {
    this.text = text;
  }
  public static Optional<Kind> of(String text) {
    for (Kind one : values()) {
      if (one.text.equals(text)) return Optional.of(one);
    }
    return Optional.empty();
  }
}
`,
      spring,
    ),
  },
  steps: {
    is: [
      ({ x, y, status }) => `Rules.of(${y}, ${status}).check(${x});\n`,
      ({ x, y, status, answer }) =>
        `if (Rules.of(${y}, 500).refuses(${x})) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) =>
        `if (service.find(${x}, ${y}).isPresent()) {\n  ${answer(String(status))}}\n`,
    ],
    both: [({ x, z, y, status }) => `new BothCheck(${y}, ${status}).run(${x}, ${z});\n`],
    needed: [({ x, y, status, second }) => `service.get(${x}, ${y}, ${status}, ${second});\n`],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `int ${name} = service.faultOf(${x}, ${z}, ${y}, ${status}, ${second});\nif (${name} != 0) {\n  ${answer(name)}}\n`,
    ],
    among: [
      ({ x, status }) => `new AmongCheck(${status}).run(${x}, null);\n`,
      ({ x, status }) => `Kind.of(${x}).orElseThrow(() -> new Refusal(${status}));\n`,
    ],
    optional: [
      ({ x, status, answer }) =>
        `if (${x} != null && Kind.of(${x}).isEmpty()) {\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [(x, y) => `service.find(${x}, ${y}).isPresent()`, (x, y) => `Rules.of(${y}, 500).refuses(${x})`],
}
