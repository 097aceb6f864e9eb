@echo off
rem Starts Javelin. In a clone it builds first; an unpacked distribution starts at once.
rem JAVA_HOME or JAVA25_HOME names a JDK 25; JAVELIN_JAVA_OPTIONS holds further options for the JVM.
setlocal EnableExtensions
set "here=%~dp0"
set "jdk="
for %%J in ("%JAVA_HOME%" "%JAVA25_HOME%") do call :try %%J
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%USERPROFILE%\.jdks") do (
    for /d %%J in ("%%~R\*") do call :try "%%J"
)
if not defined jdk (
    echo javelin: a JDK 25 is needed and none was found; install one ^(https://adoptium.net^) and set JAVA_HOME 1>&2
    exit /b 1
)
if exist "%here%pom.xml" goto clone
set "home=%here%.."
goto start

:clone
call :find
if defined home goto start
where mvn >nul 2>nul || (
    echo javelin: Maven 3.8 or later is needed to build Javelin and was not found; install it ^(https://maven.apache.org^) 1>&2
    exit /b 1
)
echo javelin: building, which takes a minute or two ^(first use; run mvn package -pl cli -am when sources changed^) 1>&2
pushd "%here%"
set "JAVA_HOME=%jdk%"
set "JAVA25_HOME=%jdk%"
call mvn -q -B -DskipTests package -pl cli -am 1>&2
if errorlevel 1 (
    popd
    echo javelin: the build failed 1>&2
    exit /b 1
)
popd
call :find
if not defined home (
    echo javelin: the build left no program in %here%cli\target 1>&2
    exit /b 1
)

:start
chcp 65001 >nul
"%jdk%\bin\java" "@%home%\lib\vectors.args" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC %JAVELIN_JAVA_OPTIONS% -cp "%home%\lib\*;%home%\backends\*" dev.javelin.cli.Main %*
exit /b %errorlevel%

:find
set "home="
for /d %%D in ("%here%cli\target\javelin-*") do for /d %%E in ("%%D\javelin-*") do if exist "%%E\lib" set "home=%%E"
exit /b 0

:try
if defined jdk exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
findstr /b /c:"JAVA_VERSION=\"25" "%~1\release" >nul 2>nul && set "jdk=%~1"
exit /b 0
