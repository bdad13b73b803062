import { braced } from './braced.ts'
import { guardImports, springRoutes } from './java-shells.ts'
import { javaWays } from './java-ways.ts'
import { filesOf, guardsOf, helpOf, quoted } from './writer.ts'
import type { Writer } from './writer.ts'

const answer = (status: string) => `return ResponseEntity.status(${status}).build();\n`

export const java: Writer = {
  and: '&&',
  or: '||',
  not: '!',
  literal: String,
  missing: (input) => `${input} == null`,
  is: (input, text, isEqual) => `${isEqual ? '' : '!'}${quoted(text)}.equals(${input})`,
  helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
  filled: (name) => `!${name}.isEmpty()`,
  listed: (name) => `${name} != null`,
  chosen: (name, text) => `${quoted(text)}.equals(${name})`,
  marked: (name, isHigh) => `${isHigh ? '' : '!'}"high".equals(request.getAttribute("${name}"))`,
  answer,
  ways: javaWays,
  step: braced(';', 'boolean', answer),
  files: (handlers) => ({
    ...filesOf(javaWays, handlers),
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency></dependencies></project>',
    'src/main/java/barn/Lost.java': 'package barn;\npublic class Lost extends RuntimeException {}\n',
    'src/main/java/barn/Barn.java': `package barn;
import java.util.*;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
${guardsOf(handlers).length > 0 ? guardImports : ''}import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Barn {
  static String risky(String x) {
    if ("x".equals(x)) throw new Lost();
    return x;
  }
  static boolean isIt(String x, String y) {
    return y.equals(x);
  }
  record Checked(boolean ok, int status) {}
  static void refuse(String x, String y, int status) {
    if (y.equals(x)) throw new ResponseStatusException(HttpStatusCode.valueOf(status));
  }
  static void inner(String x, String z, String y, int status) {
    if (z == null) return;
    refuse(x, y, status);
  }
  static Checked checked(String x, String y, int status) {
    if (y.equals(x)) return new Checked(false, status);
    return new Checked(true, 0);
  }
${helpOf(javaWays, handlers)}${springRoutes(handlers)}}
`,
  }),
}
