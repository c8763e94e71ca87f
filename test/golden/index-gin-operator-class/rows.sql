INSERT INTO job (data) VALUES ('{"a": 1}');
