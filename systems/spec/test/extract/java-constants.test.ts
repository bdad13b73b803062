import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test("Java's constants that are made of others of their class, its bases and the class around are read [SPEC-PACKS-01]", async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml':
        '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
      'src/main/java/com/example/Root.java': `package com.example;

public interface Root {
    String ROOT = "/v1";
}
`,
      'src/main/java/com/example/Paths.java': `package com.example;

public final class Paths implements Root {
    public static final String LOGIN_PATH = Paths.AUTH_PATH + Parts.LOGIN;
    public static final String AUTH_PATH = ROOT + "/auth";

    static final class Parts {
        static final String LOGIN = SLASH + "login";
    }

    private static final String SLASH = "/";
}
`,
      'src/main/java/com/example/Logins.java': `package com.example;

import static com.example.Paths.LOGIN_PATH;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Logins {
    @PostMapping(LOGIN_PATH)
    String login() {
        return "in";
    }
}
`,
    }),
  )
  expect(found.operations).toEqual(['POST /v1/auth/login'])
})
