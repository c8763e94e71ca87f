CREATE TABLE city (id integer PRIMARY KEY, name text, owner text);
CREATE TABLE member (id integer PRIMARY KEY, who text);
ALTER TABLE city ENABLE ROW LEVEL SECURITY;
CREATE POLICY owners ON city USING (owner = CURRENT_USER);
CREATE POLICY members ON city FOR SELECT USING (EXISTS (SELECT FROM member WHERE member.who = CURRENT_USER));
INSERT INTO city VALUES (1, 'Wien', 'ada');
INSERT INTO member VALUES (1, 'ada');
