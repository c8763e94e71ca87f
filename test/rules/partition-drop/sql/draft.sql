drop table visit_2023;
