package port;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class PortApplication {
    public static void main(String[] args) {
        SpringApplication.run(PortApplication.class, args);
    }
}
