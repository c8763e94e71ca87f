INSERT INTO domain (hostname) VALUES ('example.org'), ('example.com');
