import { file } from './java-files.ts'
import type { Use, Ways } from '../steps.ts'

const thrownAs: Record<number, (use: Use) => string> = {
  418: ({ x, y }) => `if (${y}.equals(${x})) throw new Problems.Teapot();\n`,
  421: ({ x, y }) => `Problems.misdirect(${x}, ${y});\n`,
  426: ({ x, y }) => `Problems.upgrade(${x}, ${y});\n`,
  428: ({ x, y }) => `if (${y}.equals(${x})) {\n  throw new Problems.Unconditional();\n}\n`,
  429: ({ x, y }) => `Problems.slowly(${x}, ${y});\n`,
  431: ({ x, y }) => `Problems.large(${x}, ${y});\n`,
}

/** Errors of its own, what takes them, and what goes on. */
export const javaErrors: Ways = {
  help: `
  static boolean settled(String x, String y) {
    try {
      if (y.equals(x)) throw new IllegalStateException("wrong");
      return true;
    } catch (IllegalStateException error) {
      return false;
    }
  }
  static void nested(String x, String z, String y, int first, int second) {
    try {
      try {
        if (y.equals(x)) throw new Refusal(first);
      } finally {
        isIt(x, y);
      }
      if (y.equals(z)) throw new IllegalArgumentException("second");
    } catch (IllegalArgumentException error) {
      throw new Refusal(second);
    }
  }
`,
  files: {
    ...file(
      'Problems',
      `public class Problems {
  public static abstract class Problem extends RuntimeException {
    abstract HttpStatus status();
  }
  public static class Teapot extends Problem {
    @Override
    HttpStatus status() {
      return HttpStatus.I_AM_A_TEAPOT;
    }
  }
  public static class Misdirected extends RuntimeException {}
  public static class Coded extends RuntimeException {
    final Code code;
    Coded(Code code) {
      this.code = code;
    }
  }
  public enum Code {
    OLD(426), NEW(425);
    final int status;
    Code(int status) {
      this.status = status;
    }
  }
  @ResponseStatus(HttpStatus.PRECONDITION_REQUIRED)
  public static class Unconditional extends RuntimeException {}
  public static class TooMany extends RuntimeException {
    TooMany(Throwable cause) {
      super(cause);
    }
  }
  public static class Large extends Exception {}
  static void misdirect(String x, String y) {
    if (y.equals(x)) throw new Misdirected();
  }
  static void upgrade(String x, String y) {
    if (y.equals(x)) throw new Coded(Code.OLD);
  }
  static void slowly(String x, String y) {
    try {
      if (y.equals(x)) throw new IllegalStateException("busy");
    } catch (IllegalStateException error) {
      throw new TooMany(error);
    }
  }
  static void large(String x, String y) {
    try {
      if (y.equals(x)) throw new Large();
    } catch (Large error) {
      throw new ResponseStatusException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "large", error);
    }
  }
}
`,
      [
        'org.springframework.http.*',
        'org.springframework.web.bind.annotation.*',
        'org.springframework.web.server.*',
      ],
    ),
    ...file(
      'Advice',
      `@RestControllerAdvice
public class Advice {
  @ExceptionHandler
  public ResponseEntity<String> refused(Refusal error) {
    return ResponseEntity.status(error.getStatus()).body(error.getMessage());
  }
  @ExceptionHandler(Problems.Problem.class)
  public ResponseEntity<String> problem(Problems.Problem error) {
    return new ResponseEntity<>("problem", error.status());
  }
  @ExceptionHandler(Problems.Misdirected.class)
  @ResponseStatus(HttpStatus.MISDIRECTED_REQUEST)
  public String misdirected() {
    return "misdirected";
  }
  @ExceptionHandler({Problems.Coded.class})
  public ResponseEntity<String> coded(Problems.Coded error) {
    return ResponseEntity.status(error.code.status).build();
  }
  @ExceptionHandler(Problems.TooMany.class)
  public ResponseEntity<String> many(RuntimeException error) {
    HttpStatus status = HttpStatus.TOO_MANY_REQUESTS;
    return ResponseEntity.status(status).body("slow");
  }
}
`,
      ['org.springframework.http.*', 'org.springframework.web.bind.annotation.*'],
    ),
  },
  steps: {
    mapped: [(use) => (thrownAs[use.status] as (use: Use) => string)(use)],
    is: [
      ({ x, y, status, answer }) => `if (!settled(${x}, ${y})) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) =>
        `try {\n  if (${y}.equals(${x})) throw new IllegalStateException();\n} catch (IllegalStateException | UnsupportedOperationException error) {\n  ${answer(String(status))}}\n`,
    ],
    first: [({ x, z, y, status, second }) => `nested(${x}, ${z}, ${y}, ${status}, ${second});\n`],
    both: [
      ({ x, z, y, status }) =>
        `try {\n  if (${z} == null) throw new IllegalStateException();\n  refuse(${x}, ${y}, ${status});\n} catch (IllegalStateException error) {\n  isIt(${x}, ${y});\n}\n`,
    ],
  },
  tests: [(x, y) => `!settled(${x}, ${y})`],
  around: [
    ({ x, y }, body) =>
      `try {\n  if (${y}.equals(${x})) {\n${body}  }\n} finally {\n  isIt(${x}, ${y});\n}\n`,
  ],
}
